import { Link } from '@tanstack/react-router'
import { Select, Table } from 'antd'
import { X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useExecution, useRelated, useSteps, type Execution, type ExecutionItem } from '@/api/executions'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'

import type { Run } from '../useRun'
import { differences, type NodeDifference } from './differences'
import { last } from './last'

/** What another execution of the workflow did otherwise, node by node. Without a choice it is the last one that
 * succeeded before. */
export function Comparison({ run, other }: { run: Run; other: string }) {
  const { t } = useTranslation()
  const compared = useExecution(other === last ? undefined : other)
  return (
    <section className="ex-compare" aria-label={t('executions:compare.title')}>
      <div className="row">
        <h2>{t('executions:compare.with')}</h2>
        <Choice run={run} other={other} />
        {compared.data && <Status of={compared.data.status} />}
        {compared.data && <Link className="mono" to="/executions/$id" params={{ id: compared.data.id }} search={{}}>{t('executions:compare.open')}</Link>}
        <span className="grow" />
        <button type="button" className="icon-button" aria-label={t('executions:compare.close')} title={t('executions:compare.close')} onClick={() => run.compare(undefined)}>
          <X size={15} />
        </button>
      </div>
      {compared.error && <ErrorState error={compared.error} />}
      {compared.data && <Nodes run={run} other={compared.data} />}
    </section>
  )
}

function Choice({ run, other }: { run: Run; other: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { execution, compare } = run
  const good = useRelated({ workflow: execution.workflow, status: 'succeeded', to: execution.createdAt })
  const recent = useRelated({ workflow: execution.workflow })
  const best = [...(good.data ?? []), ...(recent.data ?? []).filter(({ status }) => status === 'succeeded')].find(({ id }) => id !== execution.id)?.id
  const read = good.isSuccess && recent.isSuccess
  useEffect(() => {
    if (other === last && read && best) compare(best)
  }, [other, read, best, compare])
  const options = useMemo(() => {
    const all = new Map([...(recent.data ?? []), ...(good.data ?? [])].map((one) => [one.id, one]))
    return [...all.values()].filter(({ id }) => id !== execution.id).map((one: ExecutionItem) => ({ value: one.id, label: `${t(`common:status.${one.status}`)} · ${format.time(one.createdAt)} · ${one.id}` }))
    // The formats change with the language, as t does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [recent.data, good.data, execution.id, t])
  if (other === last && read && options.length === 0) return <span className="muted">{t('executions:compare.none')}</span>
  return (
    <Select
      size="small"
      className="ex-choice"
      aria-label={t('executions:compare.choose')}
      placeholder={t('executions:compare.choose')}
      value={other === last ? undefined : other}
      onChange={compare}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={420}
    />
  )
}

function Nodes({ run, other }: { run: Run; other: Execution }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const steps = useSteps(other)
  const rows = useMemo(() => differences(run.steps, steps.data?.items ?? [], run.around), [run.steps, steps.data, run.around])
  if (!steps.data) return null
  const shown = all ? rows : rows.filter(({ otherwise }) => otherwise)
  return (
    <>
      <Table<NodeDifference>
        size="small"
        rowKey="key"
        pagination={false}
        scroll={{ y: 180 }}
        dataSource={shown}
        locale={{ emptyText: t('executions:compare.same') }}
        columns={[
          { key: 'node', title: t('executions:compare.node'), render: (_, { key }) => <button type="button" className="ex-link" onClick={() => run.select(key)}>{run.nameOf(key).title}</button> },
          { key: 'here', title: t('executions:compare.here'), render: (_, { here }) => <Side of={here} /> },
          { key: 'there', title: t('executions:compare.there'), render: (_, { there }) => <Side of={there} /> },
        ]}
      />
      {rows.length > shown.length && (
        <button type="button" className="ex-link" onClick={() => setAll(true)}>{t('executions:compare.all', { count: rows.length })}</button>
      )}
      <p className="muted">{t('executions:compare.hint')}</p>
    </>
  )
}

function Side({ of }: { of: NodeDifference['here'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!of) return <span className="muted">{t('executions:compare.absent')}</span>
  return (
    <span className="row">
      <Status of={of.status} size={12} />
      {of.times > 1 && <span className="muted num">{`×${of.times}`}</span>}
      <span className="num muted">{format.duration(of.durationMs)}</span>
    </span>
  )
}
