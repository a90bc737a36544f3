import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useWorkflowTitles } from '@/api/workflows'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import { Actions } from '../actions/Actions'
import { hasEnded } from '../steps'
import type { Run } from '../useRun'
import { Trace } from './Trace'
import { useNow } from './useNow'

// The others are told by what they are linked to.
const told: ReadonlySet<string> = new Set(['manual', 'replay', 'error'])

/** What became of the execution, of what it was, and what can be done with it. */
export function Header({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { execution } = run
  const titles = useWorkflowTitles()
  return (
    <header className="ex-header">
      <div className="ex-head">
        <span className={`ex-status ex-status-${execution.status}`} role="status">
          <Status of={execution.status} size={15} />
        </span>
        <Link to="/workflows/$key" params={{ key: execution.workflow }} className="ex-workflow cut">
          {titles.data?.get(execution.workflow) ?? execution.workflow}
        </Link>
        <Revision run={run} />
        <span className="grow" />
        <Actions run={run} />
      </div>
      <dl className="ex-facts">
        <Times run={run} />
        <Trace execution={execution} />
        {told.has(execution.startedBy) && <Fact name={t('executions:facts.startedBy')}>{t(`executions:startedBy.${execution.startedBy}`)}</Fact>}
      </dl>
    </header>
  )
}

/** A name and a value in one line with others. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="ex-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Revision({ run: { execution } }: { run: Run }) {
  const { t } = useTranslation()
  if (execution.revision === 0) return <span className="ex-chip">{t('executions:draft')}</span>
  return (
    <Link className="ex-chip mono" to="/workflows/$key" params={{ key: execution.workflow }} search={{ revision: String(execution.revision) }} title={t('executions:revision', { n: execution.revision })}>
      {`v${execution.revision}`}
    </Link>
  )
}

function Times({ run: { execution } }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(!hasEnded(execution.status))
  const at = (moment: string | null) => (moment ? Date.parse(moment) : now)
  const queued = at(execution.startedAt) - Date.parse(execution.createdAt)
  return (
    <>
      <Fact name={t('executions:facts.started')}>
        <Time at={execution.startedAt ?? execution.createdAt} />
      </Fact>
      <Fact name={t('executions:facts.duration')}>
        <span className="num">{format.duration(Math.max(0, at(execution.finishedAt) - at(execution.startedAt)))}</span>
      </Fact>
      <Fact name={t('executions:facts.queued')}>
        <span className="num">{format.duration(Math.max(0, queued))}</span>
      </Fact>
    </>
  )
}
