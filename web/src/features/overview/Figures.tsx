import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { ArrowDownRight, ArrowUpRight, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Period, Series } from '@/api/stats'
import { useFormat } from '@/components/format'

import { change, type Change } from './change'

/** The four figures of a period, each with its change against the one before. */
export function Figures({ period, series }: { period: Period; series: Series | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = series?.totals
  const before = series?.previous
  const since = { from: series?.from }
  return (
    <div className="overview-row overview-four">
      <Figure title={t('overview:figure.deliveries')} link={<Link to="/deliveries" search={since} />} period={period} change={change(now?.deliveries, before?.deliveries)}>
        {now && format.number(now.deliveries)}
      </Figure>
      <Figure
        title={t('overview:figure.rejected')}
        link={<Link to="/deliveries" search={{ ...since, outcome: 'rejected' }} />}
        period={period}
        bad
        change={change(now?.rejectedShare, before?.rejectedShare)}
      >
        {now && (now.rejectedShare === null ? '–' : format.percent(now.rejectedShare))}
      </Figure>
      <Figure title={t('overview:figure.p95')} link={<Link to="/executions" search={since} />} period={period} bad change={change(now?.p95Ms, before?.p95Ms)}>
        {now && (now.p95Ms === null ? '–' : format.duration(now.p95Ms))}
      </Figure>
      <Figure
        title={t('overview:figure.failed')}
        link={<Link to="/executions" search={{ ...since, status: 'failed' }} />}
        period={period}
        bad
        change={change(now?.failedExecutions, before?.failedExecutions)}
      >
        {now && format.number(now.failedExecutions)}
      </Figure>
    </div>
  )
}

interface FigureProps {
  title: string
  link: React.ReactElement<{ children?: ReactNode; className?: string }>
  period: Period
  /** More of it is worse. */
  bad?: boolean
  change: Change | null
  /** undefined before the first answer. */
  children: ReactNode
}

function Figure({ title, link, period, bad, change, children }: FigureProps) {
  return (
    <section className="panel overview-figure">
      <h2>
        <link.type {...link.props} className="overview-link">
          {title}
        </link.type>
      </h2>
      {children === undefined ? <Skeleton.Button active size="small" /> : <p className="overview-number num">{children}</p>}
      <ChangeText change={change} bad={bad} period={period} />
    </section>
  )
}

function ChangeText({ change, bad, period }: { change: Change | null; bad?: boolean; period: Period }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!change || change.share === null) return <p className="muted overview-change">{t(`overview:before.none.${period}`)}</p>
  const { direction, share } = change
  const Icon = direction === 'up' ? ArrowUpRight : direction === 'down' ? ArrowDownRight : Minus
  const tone = direction === 'same' || !bad ? 'muted' : direction === 'up' ? 'error' : 'ok'
  return (
    <p className="row muted overview-change">
      <span className="row num" style={{ color: `var(--${tone})` }}>
        <Icon size={13} aria-hidden />
        <span className="sr-only">{t(`overview:direction.${direction}`)}</span>
        {format.percent(share)}
      </span>
      {t(`overview:before.against.${period}`)}
    </p>
  )
}
