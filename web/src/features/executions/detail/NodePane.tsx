import { Tabs } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useStepText } from '@/api/executions'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import { JsonView } from '@/components/json/JsonView'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import { Difference } from '../compare/Difference'
import { last } from '../compare/last'
import { dataOf, type StepData } from '../data'
import { attemptsOf, type Step } from '../steps'
import type { Run } from '../useRun'
import { Attempts } from './Attempts'
import { Logs } from './Logs'
import { Rounds } from './Rounds'
import { Skeleton } from './Skeleton'
import { Trouble } from './Trouble'

/** What one run of a node was given, and what it made of it. */
export function NodePane({ run, nodeKey }: { run: Run; nodeKey: string }) {
  const { t } = useTranslation()
  const { step } = run
  if (!step) return <p className="ex-body muted">{t('executions:pane.notRun')}</p>
  return (
    <div className="ex-body">
      <Rounds run={run} nodeKey={nodeKey} step={step} />
      <Facts step={step} />
      {step.error && <Trouble run={run} step={step} />}
      <Data key={`${step.path} ${step.startedAt}`} run={run} step={step} />
    </div>
  )
}

function Facts({ step }: { step: Step }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="ex-step-facts">
      <Status of={step.status} />
      {step.status !== 'running' && <span className="num">{format.duration(step.durationMs)}</span>}
      <span className="muted">
        <Time at={step.startedAt} as="clock" />
      </span>
      {step.attempt > 1 && <span className="muted">{t('executions:attempt', { n: step.attempt })}</span>}
    </div>
  )
}

function Data({ run, step }: { run: Run; step: Step }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<string>()
  const text = useStepText(run.execution.id, step.path, step.status)
  if (text.error) return <ErrorState error={text.error} onRetry={() => void text.refetch()} />
  if (text.data === undefined) return <Skeleton />
  const nth = run.steps.filter(({ path }) => path === step.path).indexOf(step)
  const data = dataOf(text.data, nth)
  if (!data) return <p className="muted">{t('executions:pane.noData')}</p>
  const items = tabsOf(run, step, data, t)
  const usual = items.at(-1)?.key === 'difference' ? 'difference' : data.output === undefined && data.input !== undefined ? 'input' : 'output'
  return <Tabs size="small" activeKey={items.some(({ key }) => key === tab) ? tab : usual} onChange={setTab} items={items} destroyOnHidden />
}

function tabsOf(run: Run, step: Step, data: StepData, t: TFunction) {
  const attempts = attemptsOf(data.logs)
  const view = (text: string | undefined, label: string, none: string) =>
    text === undefined ? <p className="muted">{none}</p> : <JsonView text={text} label={label} file={`${step.nodeKey}.json`} maxHeight="68vh" />
  return [
    { key: 'output', label: t('executions:tabs.output'), children: view(data.output, t('executions:tabs.output'), t('executions:pane.noOutput')) },
    { key: 'input', label: t('executions:tabs.input'), children: view(data.input, t('executions:tabs.input'), t('executions:pane.noInput')) },
    ...(data.logs.length > 0 ? [{ key: 'logs', label: t('executions:tabs.logs', { count: data.logs.length }), children: <Logs logs={data.logs} /> }] : []),
    ...(attempts.length > 0 ? [{ key: 'attempts', label: t('executions:tabs.attempts', { count: step.attempt }), children: <Attempts attempts={attempts} step={step} /> }] : []),
    ...(data.assign === undefined ? [] : [{ key: 'assign', label: t('executions:tabs.assign'), children: view(data.assign, t('executions:tabs.assign'), '') }]),
    ...(run.other === undefined || run.other === last ? [] : [{ key: 'difference', label: t('executions:tabs.difference'), children: <Difference run={run} step={step} output={data.output} other={run.other} /> }]),
  ]
}
