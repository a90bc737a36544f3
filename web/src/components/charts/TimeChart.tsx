import { Skeleton } from 'antd'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { usePreferences } from '@/app/preferences'

import './charts.css'

const Plot = lazy(async () => ({ default: (await import('./Plot')).Plot }))

/** One line or row of bars of a chart. */
export interface ChartSeries {
  label: string
  /** Name of the token of its colour, such as accent. */
  token: string
  values: (number | null)[]
  as: 'bars' | 'line'
}

/** A chart over time, and what is needed to read it in words. */
export interface TimeChartProps {
  title: string
  /** Seconds since 1970 of each step's begin. */
  times: number[]
  /** Seconds. */
  step: number
  series: ChartSeries[]
  format: (value: number) => string
  formatTime: (seconds: number) => string
  /** What the table says in its last column. */
  renderLink?: (from: number, to: number) => ReactNode
  /** Called with the seconds of a stretch that was drawn with the pointer. */
  onBrush?: (from: number, to: number) => void
  /** One sentence that tells what the chart shows. */
  summary: string
}

const height = 190

/** A chart whose numbers can also be had as a table. It is drawn anew for other series or colours. */
export function TimeChart(props: TimeChartProps) {
  const { t } = useTranslation()
  const theme = usePreferences((preferences) => preferences.theme)
  const [asTable, setAsTable] = useState(false)
  const [at, setAt] = useState<number | null>(null)
  return (
    <section className="panel chart" aria-label={props.title}>
      <header className="row">
        <h2 className="grow">{props.title}</h2>
        <button type="button" className="chart-toggle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t('overview:chart.table')}
        </button>
      </header>
      <Legend {...props} at={at} />
      {asTable ? (
        <Table {...props} />
      ) : (
        <div role="img" aria-label={props.summary} style={{ minHeight: height }}>
          <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 5 }} />}>
            <Plot key={`${theme} ${props.series.map((one) => one.label).join()}`} {...props} height={height} onHover={setAt} />
          </Suspense>
        </div>
      )}
    </section>
  )
}

function Legend({ series, times, format, formatTime, at }: TimeChartProps & { at: number | null }) {
  return (
    <div className="chart-legend">
      {series.map(({ label, token, values }) => (
        <span key={label} className="row">
          <i style={{ background: `var(--${token})` }} aria-hidden />
          {label}
          {at !== null && <b className="num">{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</b>}
        </span>
      ))}
      {at !== null && times[at] !== undefined && <span className="muted num">{formatTime(times[at])}</span>}
    </div>
  )
}

function Table({ title, times, step, series, format, formatTime, renderLink }: TimeChartProps) {
  const { t } = useTranslation()
  const rows = times.map((time, i) => ({ time, values: series.map((one) => one.values[i] ?? null) })).filter(({ values }) => values.some(Boolean))
  return (
    // It scrolls, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="chart-table" tabIndex={0} style={{ maxHeight: height }}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th>{t('overview:chart.time')}</th>
            {series.map(({ label }) => (
              <th key={label}>{label}</th>
            ))}
            {renderLink && (
              <th>
                <span className="sr-only">{t('overview:volume.open')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, values }) => (
            <tr key={time}>
              <th scope="row">{formatTime(time)}</th>
              {values.map((value, i) => (
                <td key={series[i]?.label} className="num">
                  {value === null ? '–' : format(value)}
                </td>
              ))}
              {renderLink && <td>{renderLink(time, time + step)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="muted">{t('overview:chart.nothing')}</p>}
    </div>
  )
}
