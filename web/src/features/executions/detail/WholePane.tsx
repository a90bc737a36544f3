import { Link } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useContextText, useRelated, type Execution } from '@/api/executions'
import { ErrorState } from '@/components/ErrorState'
import { JsonView } from '@/components/json/JsonView'
import { Pairs } from '@/components/Pairs'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import { hasEnded, isBad } from '../steps'
import type { Run } from '../useRun'
import { Skeleton } from './Skeleton'
import { Trouble } from './Trouble'

/** The execution as a whole: what it was started with, what it answered, what it called. */
export function WholePane({ run, input }: { run: Run; input: boolean }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState(input ? 'input' : 'result')
  const items = [
    { key: 'result', label: t('executions:tabs.result'), children: <Result run={run} /> },
    { key: 'input', label: t('executions:tabs.context'), children: <Input execution={run.execution} /> },
    { key: 'called', label: t('executions:tabs.called'), children: <Called id={run.execution.id} /> },
  ]
  return (
    <div className="ex-body">
      <Tabs size="small" activeKey={tab} onChange={setTab} items={items} destroyOnHidden />
    </div>
  )
}

function Result({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { execution, failing } = run
  const { response } = execution
  return (
    <div className="ex-sections">
      {isBad(execution.status) && (
        <section>
          <Trouble run={run} step={{ error: execution.error || t(`common:status.${execution.status}`), status: execution.status, type: '', nodeKey: '' }} />
          {failing && (
            <Button size="small" onClick={() => run.select(failing.nodeKey)}>{t('executions:pane.toFailing', { name: run.nameOf(failing.nodeKey).title })}</Button>
          )}
        </section>
      )}
      {response && (
        <section>
          <h3>{t('executions:response.title')}</h3>
          <p className="ex-response mono">{t('executions:response.status', { status: response.status })}</p>
          <Pairs pairs={Object.entries(response.headers)} />
          <JsonView value={response.body} label={t('executions:response.title')} file="response.json" maxHeight={360} />
        </section>
      )}
      {execution.output !== null && execution.output !== undefined && (
        <section>
          <h3>{t('executions:output')}</h3>
          <JsonView value={execution.output} label={t('executions:output')} file="output.json" maxHeight={360} />
        </section>
      )}
      {!isBad(execution.status) && !response && (execution.output ?? null) === null && (
        <p className="muted">{t(hasEnded(execution.status) ? 'executions:pane.nothing' : 'executions:pane.goesOn')}</p>
      )}
    </div>
  )
}

function Input({ execution }: { execution: Execution }) {
  const { t } = useTranslation()
  const context = useContextText(execution.id)
  return (
    <div className="ex-sections">
      {execution.delivery && (
        <p>
          {t('executions:pane.fromDelivery')} <Link className="mono" to="/deliveries" search={{ id: execution.delivery }}>{execution.delivery}</Link>
        </p>
      )}
      {context.error ? <ErrorState error={context.error} /> : context.data === undefined ? <Skeleton /> : <JsonView text={context.data} label={t('executions:tabs.context')} file="context.json" maxHeight="68vh" />}
    </div>
  )
}

function Called({ id }: { id: string }) {
  const { t } = useTranslation()
  const called = useRelated({ parent: id })
  if (called.error) return <ErrorState error={called.error} />
  if (!called.data) return <Skeleton rows={2} />
  if (called.data.length === 0) return <p className="muted">{t('executions:pane.calledNone')}</p>
  return (
    <ul className="ex-called">
      {called.data.map((one) => (
        <li key={one.id}>
          <Status of={one.status} />
          <Link className="mono" to="/executions/$id" params={{ id: one.id }}>{one.id}</Link>
          <span className="grow cut">{one.workflow}</span>
          <span className="muted"><Time at={one.createdAt} as="clock" /></span>
        </li>
      ))}
    </ul>
  )
}
