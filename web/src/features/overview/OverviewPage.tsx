import './overview.css'

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

import { periods, useAnyDelivery, useSeries, type Period } from '@/api/stats'
import { useTopBar } from '@/app/topbar'
import { ErrorState } from '@/components/ErrorState'

import { Charts } from './Charts'
import { Failing } from './Failing'
import { Figures } from './Figures'
import { FirstRun } from './FirstRun'
import { HealthPanel } from './HealthPanel'
import { Rejected } from './Rejected'

const periodOf = (text: string | undefined): Period => (text !== undefined && text in periods ? (text as Period) : '24h')

/** How everything does, at a glance; before the first request, the way to it. */
export function OverviewPage() {
  const { t } = useTranslation()
  const period = periodOf(useSearch({ from: '/shell/' }).period)
  const any = useAnyDelivery()
  const began = any.data === true
  useTopBar(<h1>{t('overview:title')}</h1>, began ? <PeriodSwitch period={period} /> : null, [t, began, period])
  if (any.isError) return <ErrorState error={any.error} onRetry={() => void any.refetch()} />
  if (!any.isSuccess) return null
  return <div className="content overview">{began ? <Overview period={period} /> : <FirstRun />}</div>
}

function Overview({ period }: { period: Period }) {
  const series = useSeries(period)
  if (series.isError && !series.data) return <ErrorState error={series.error} onRetry={() => void series.refetch()} />
  return (
    <>
      <Figures period={period} series={series.data} />
      <Charts period={period} series={series.data} />
      <div className="overview-row overview-three">
        <Failing period={period} />
        <Rejected />
        <HealthPanel />
      </div>
    </>
  )
}

function PeriodSwitch({ period }: { period: Period }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Segmented<Period>
      aria-label={t('overview:period.label')}
      value={period}
      onChange={(next) => void navigate({ to: '/', search: { period: next } })}
      options={[
        { value: '1h', label: t('overview:period.1h') },
        { value: '24h', label: t('overview:period.24h') },
        { value: '7d', label: t('overview:period.7d') },
      ]}
    />
  )
}
