import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Period, Series } from '@/api/stats'
import { TimeChart } from '@/components/charts/TimeChart'
import { useFormat } from '@/components/format'

const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

/** How much came in, and how long it took. */
export function Charts({ period, series }: { period: Period; series: Series | undefined }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const numbers = useMemo(() => series && numbersOf(series), [series])
  if (!series || !numbers) return <div className="overview-row overview-charts overview-waiting" aria-busy />
  const { totals, step } = series
  const between = (from: number, to: number) => ({ from: iso(from), to: iso(to) })
  const shared = { times: numbers.times, step, formatTime: timeFormat(period, i18n.language) }
  return (
    <div className="overview-row overview-charts">
      <TimeChart
        {...shared}
        title={t('overview:volume.title')}
        summary={t('overview:volume.summary', { count: totals.deliveries, rejected: format.percent(totals.rejectedShare ?? 0) })}
        format={format.number}
        series={[
          { label: t('overview:volume.all'), token: 'accent', values: numbers.all, as: 'bars' },
          { label: t('overview:volume.rejected'), token: 'error', values: numbers.rejected, as: 'bars' },
        ]}
        onBrush={(from, to) => void navigate({ to: '/deliveries', search: between(from, to) })}
        renderLink={(from, to) => (
          <Link to="/deliveries" search={between(from, to)}>
            {t('overview:volume.open')}
          </Link>
        )}
      />
      <TimeChart
        {...shared}
        title={t('overview:latency.title')}
        summary={t('overview:latency.summary', { p95: totals.p95Ms === null ? '–' : format.duration(totals.p95Ms) })}
        format={format.duration}
        series={[
          { label: t('overview:latency.p50'), token: 'accent', values: numbers.p50, as: 'line' },
          { label: t('overview:latency.p95'), token: 'family-control', values: numbers.p95, as: 'line' },
        ]}
      />
    </div>
  )
}

function numbersOf({ points }: Series) {
  return {
    times: points.map((point) => Date.parse(point.at) / 1000),
    all: points.map(({ accepted, rejected, duplicate, filtered, handshake }) => accepted + rejected + duplicate + filtered + handshake),
    rejected: points.map((point) => point.rejected),
    p50: points.map((point) => point.p50Ms),
    p95: points.map((point) => point.p95Ms),
  }
}

/** timeFormat writes a step's begin: a week needs days. */
function timeFormat(period: Period, language: string) {
  const day = period === '7d' ? { month: 'short', day: 'numeric' } as const : {}
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (seconds: number) => format.format(new Date(seconds * 1000))
}
