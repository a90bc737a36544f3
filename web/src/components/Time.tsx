import { useFormat } from './format'

/** A moment: local time, or how long ago; its title says it in UTC and in seconds since 1970. */
export function Time({ at, as = 'time' }: { at: string; as?: 'time' | 'clock' | 'ago' }) {
  const format = useFormat()
  const date = new Date(at)
  return (
    <time dateTime={at} title={`${date.toISOString()} · ${Math.floor(date.getTime() / 1000)}`} className="num">
      {format[as](date)}
    </time>
  )
}
