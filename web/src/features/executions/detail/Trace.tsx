import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX, Equal, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useExecution, useRelated, type Execution, type ExecutionItem } from '@/api/executions'
import { Status } from '@/components/Status'

import { verdictOf, type Verdict } from '../steps'
import { Fact } from './Header'

/** The way here and on: the request, the execution that called or that this one repeats, and its own repetitions. */
export function Trace({ execution }: { execution: Execution }) {
  const { t } = useTranslation()
  return (
    <>
      {execution.delivery && (
        <Fact name={t('executions:facts.delivery')}>
          <Link className="mono" to="/deliveries" search={{ id: execution.delivery }}>{execution.delivery}</Link>
        </Fact>
      )}
      {execution.parent && (
        <Fact name={t('executions:facts.parent')}>
          <To id={execution.parent} />
        </Fact>
      )}
      {execution.retryOf && <Original id={execution.retryOf} execution={execution} />}
      <Repetitions execution={execution} />
    </>
  )
}

function To({ id }: { id: string }) {
  return <Link className="mono" to="/executions/$id" params={{ id }}>{id}</Link>
}

function Original({ id, execution }: { id: string; execution: Execution }) {
  const { t } = useTranslation()
  const original = useExecution(id)
  return (
    <Fact name={t('executions:facts.retryOf')}>
      <To id={id} />
      {original.data && <VerdictOf original={original.data} again={execution} />}
    </Fact>
  )
}

const shownAtOnce = 3

function Repetitions({ execution }: { execution: Execution }) {
  const { t } = useTranslation()
  const again = useRelated({ retryOf: execution.id })
  if (!again.data?.length) return null
  return (
    <Fact name={t('executions:facts.repeated')}>
      {again.data.slice(0, shownAtOnce).map((one) => (
        <span key={one.id} className="row">
          <To id={one.id} />
          {verdictOf(execution.status, one.status) ? <VerdictOf original={execution} again={one} /> : <Status of={one.status} />}
        </span>
      ))}
      {again.data.length > shownAtOnce && <span className="muted">{t('executions:andMore', { count: again.data.length - shownAtOnce })}</span>}
    </Fact>
  )
}

const looks = { fixed: [CircleCheck, 'ok'], stillFailing: [CircleX, 'error'], nowFailing: [TriangleAlert, 'error'], asBefore: [Equal, 'muted'] } as const satisfies Record<Verdict, unknown>

function VerdictOf({ original, again }: { original: Pick<ExecutionItem, 'status'>; again: Pick<ExecutionItem, 'status'> }) {
  const { t } = useTranslation()
  const verdict = verdictOf(original.status, again.status)
  if (!verdict) return null
  const [Icon, tone] = looks[verdict]
  return (
    <span className={`ex-verdict ex-verdict-${tone}`}>
      <Icon size={13} aria-hidden />
      {t(`executions:verdict.${verdict}`)}
    </span>
  )
}
