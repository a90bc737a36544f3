import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { useReplaysOf, useRunsOf, type Delivery } from '@/api/deliveries'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import type { LogSearch } from '../filter'
import { VerdictOf } from './Trace'

/** What a request started, and its replays with how they went. */
export function RunsTab({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  return (
    <div className="dlv-body">
      <section>
        <h3>{t('deliveries:runs.executions')}</h3>
        <Executions delivery={delivery} />
      </section>
      <section>
        <h3>{t('deliveries:runs.replays')}</h3>
        <Replays id={delivery.id} />
      </section>
    </div>
  )
}

function Executions({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const runs = useRunsOf(delivery.id)
  if (runs.isError) return <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
  if (!runs.data) return <Skeleton active title={false} />
  if (runs.data.length === 0) return <p className="muted">{t('deliveries:runs.none')}</p>
  return (
    <ul className="dlv-runs">
      {runs.data.map((run) => (
        <li key={run.id}>
          <Status of={run.status} />
          <Link to="/executions/$id" params={{ id: run.id }} className="mono">
            {run.id}
          </Link>
          <span className="muted">{run.revision ? t('deliveries:runs.revision', { revision: run.revision }) : t('deliveries:runs.draft')}</span>
          {run.startedAt && run.finishedAt && <span className="muted num">{format.duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}</span>}
          <span className="grow" />
          <Link to="/workflows/$key" params={{ key: run.workflow }} search={{ run: run.id }}>
            {t('deliveries:runs.open')}
          </Link>
          <span className="muted">
            <Time at={run.createdAt} as="clock" />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Replays({ id }: { id: string }) {
  const { t } = useTranslation()
  const replays = useReplaysOf(id)
  if (replays.isError) return <ErrorState error={replays.error} onRetry={() => void replays.refetch()} />
  if (!replays.data) return <Skeleton active title={false} />
  if (replays.data.length === 0) return <p className="muted">{t('deliveries:runs.noReplays')}</p>
  return (
    <ul className="dlv-runs">
      {replays.data.map((replay) => (
        <li key={replay.id}>
          <Status of={replay.outcome} />
          <Link to="/deliveries" search={(old: LogSearch) => ({ ...old, id: replay.id, tab: undefined })} className="mono">
            {replay.id}
          </Link>
          <VerdictOf original={id} replay={replay} />
          <span className="grow" />
          <span className="muted">
            <Time at={replay.receivedAt} as="clock" />
          </span>
        </li>
      ))}
    </ul>
  )
}
