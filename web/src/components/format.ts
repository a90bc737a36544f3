import { useTranslation } from 'react-i18next'

/** useFormat writes figures as the language shown writes them. */
export function useFormat() {
  const { i18n } = useTranslation()
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB'
  return {
    number: (n: number) => new Intl.NumberFormat(locale).format(n),
    percent: (share: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    /** bytes in IEC units. */
    bytes: (n: number) => bytes(n, locale),
    /** A length of time in milliseconds. */
    duration: (ms: number) => duration(ms),
    /** Local date and time, to the second. */
    time: (at: string | Date) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at)),
    /** Local day and time without the year, to the minute. */
    short: (at: string | Date) =>
      new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at)),
    /** Local time of day, to the second. */
    clock: (at: string | Date) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at)),
    /** How long ago, in the largest unit. */
    ago: (at: string | Date, now = Date.now()) => ago(new Date(at).getTime() - now, locale),
  }
}

function bytes(n: number, locale: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = n < 1024 ? 0 : Math.min(Math.floor(Math.log2(n) / 10), units.length - 1)
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: power ? 1 : 0 }).format(n / 1024 ** power)} ${units[power]}`
}

function duration(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Math.round(ms / 10) / 100} s`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
  return `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

function ago(ms: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  for (const [unit, length] of steps) if (Math.abs(ms) >= length) return format.format(Math.trunc(ms / length), unit)
  return format.format(0, 'second')
}
