import { Link } from '@tanstack/react-router'
import { ChevronRight, RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useDelivery, useRunsOf, type Delivery } from '@/api/deliveries'
import { Status } from '@/components/Status'

import type { LogSearch } from '../filter'
import { verdict, type Verdict } from '../verdict'

/** The way of a request: the one that it repeats, itself, and what it started. */
export function Trace({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const { id, replayOf, execution } = delivery
  const runs = useRunsOf(id)
  const run = runs.data?.find((one) => one.id === execution) ?? runs.data?.[0]
  return (
    <nav className="dlv-trace" aria-label={t('deliveries:trace.label')}>
      {replayOf && (
        <>
          <Link to="/deliveries" search={(old: LogSearch) => ({ ...old, id: replayOf, tab: undefined })}>
            {t('deliveries:trace.original')} <span className="mono">{replayOf}</span>
          </Link>
          <ChevronRight size={13} aria-hidden />
        </>
      )}
      <span aria-current="page" className="row">
        {replayOf && <RotateCcw size={12} aria-hidden />}
        {t('deliveries:trace.request')} <span className="mono">{id}</span>
      </span>
      <ChevronRight size={13} aria-hidden />
      {execution ? (
        <Link to="/executions/$id" params={{ id: execution }} className="row">
          {t('deliveries:fact.execution')} <span className="mono">{execution}</span>
          {run && <Status of={run.status} />}
        </Link>
      ) : (
        <span className="muted">{t('deliveries:trace.noRun')}</span>
      )}
      {replayOf && <VerdictOf original={replayOf} replay={delivery} />}
    </nav>
  )
}

/** How a replay went beside what it repeats; nothing while that cannot be said. */
export function VerdictOf({ original, replay }: { original: string; replay: Pick<Delivery, 'id' | 'outcome' | 'execution' | 'verification'> }) {
  const before = useDelivery(original)
  const runsBefore = useRunsOf(original)
  const runs = useRunsOf(replay.id)
  if (!before.data || !runsBefore.data || !runs.data) return null
  const status = (of: Pick<Delivery, 'execution'>, list: { id: string; status: string }[]) => list.find((run) => run.id === of.execution)?.status
  const given = verdict(
    { outcome: before.data.outcome, status: status(before.data, runsBefore.data) },
    { outcome: replay.outcome, status: status(replay, runs.data), admitted: replay.outcome === 'accepted' && replay.verification?.ok === false },
  )
  return given && <Badge verdict={given} />
}

const tones: Record<Verdict, string> = { fixed: 'ok', fine: 'ok', admitted: 'warn', stillFailing: 'error', nowFailing: 'error', running: 'accent' }

function Badge({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  return (
    <span className="dlv-verdict" data-tone={tones[verdict]}>
      {t(`deliveries:verdict.${verdict}`)}
    </span>
  )
}
