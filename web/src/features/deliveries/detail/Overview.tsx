import { Link } from '@tanstack/react-router'
import { Check, CircleDashed, Minus, ShieldOff, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useRunsOf, type Delivery } from '@/api/deliveries'
import { useWorkflowTitles } from '@/api/workflows'
import { CheckList } from '@/components/CheckList'
import { CopyButton } from '@/components/CopyButton'
import { useFormat } from '@/components/format'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

import { ladder, type Rung } from '../reasons'
import { Trace } from './Trace'

/** What happened in one sentence, what to do, how far it came, and the facts. */
export function Overview({ delivery }: { delivery: Delivery }) {
  return (
    <div className="dlv-body">
      <Trace delivery={delivery} />
      <Sentence delivery={delivery} />
      <Ladder rungs={ladder(delivery)} />
      <Facts delivery={delivery} />
    </div>
  )
}

function Sentence({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const { outcome, reason, detail, test, verification } = delivery
  const failing = reason === 'verification' && verification?.checks?.filter(({ ok }) => !ok)
  const runs = useRunsOf(delivery.id)
  const failed = runs.data?.[0] && ['failed', 'error', 'aborted'].includes(runs.data[0].status)
  const what = reason ? t(`deliveries:reason.${reason}.text`, detail) : t(`deliveries:outcome.${outcome === 'accepted' && test ? 'acceptedTest' : outcome}`)
  const todo = reason ? t(`deliveries:reason.${reason}.todo`, '') : failed ? t('deliveries:todo.failed') : t(`deliveries:todo.${outcome}`, '')
  return (
    <section className="dlv-sentence" data-outcome={outcome}>
      <p>{what}</p>
      {todo && <p className="muted">{todo}</p>}
      {failing && <CheckList report={{ ...verification, checks: failing }} />}
      {detail && !failing && (
        <p className="mono dlv-raw">
          <Shown text={detail} />
        </p>
      )}
    </section>
  )
}

const marks = { passed: Check, stopped: X, unused: Minus, bypassed: ShieldOff, unreached: CircleDashed }

function Ladder({ rungs }: { rungs: Rung[] }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('deliveries:ladder')}</h3>
      <ol className="dlv-ladder">
        {rungs.map(({ step, state }) => {
          const Mark = marks[state]
          return (
            <li key={step} data-state={state} title={t(`deliveries:state.${state}`)}>
              <Mark size={13} aria-hidden />
              <span>{t(`deliveries:step.${step}`)}</span>
              <span className="sr-only">{t(`deliveries:state.${state}`)}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const titles = useWorkflowTitles()
  const { workflow, url, ip, bodySize, id, receivedAt } = delivery
  const facts: [name: string, value: ReactNode][] = [
    [t('deliveries:fact.received'), <Time key="at" at={receivedAt} />],
    [
      t('deliveries:fact.workflow'),
      workflow ? (
        <Link key="workflow" to="/workflows/$key" params={{ key: workflow }}>
          {titles.data?.get(workflow) ?? workflow}
        </Link>
      ) : (
        t('deliveries:row.unknown')
      ),
    ],
    [t('deliveries:fact.url'), <Copied key="url" text={url} />],
    [t('deliveries:fact.ip'), <Copied key="ip" text={ip} />],
    [t('deliveries:fact.size'), format.bytes(bodySize)],
    [t('deliveries:fact.id'), <Copied key="id" text={id} />],
  ]
  return (
    <section>
      <h3>{t('deliveries:fact.label')}</h3>
      <dl className="dlv-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Copied({ text }: { text: string }) {
  return (
    <span className="row dlv-copied">
      <span className="mono">
        <Shown text={text} />
      </span>
      <CopyButton text={text} />
    </span>
  )
}
