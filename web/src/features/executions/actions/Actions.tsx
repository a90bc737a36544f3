import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, Popconfirm, type MenuProps } from 'antd'
import { Bug, ChevronDown, Ellipsis, GitCompare, RotateCcw, Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { readWhole, useAgain, useCancel, useDelete, type Again } from '@/api/executions'
import { ApiError } from '@/api/client'
import { useMay } from '@/api/session'
import { write } from '@/components/CopyButton'

import { hasEnded, isBad } from '../steps'
import type { Run } from '../useRun'
import { last } from '../compare/last'
import { EditedRerun } from './EditedRerun'
import { Failed } from './Failed'

/** What can be done with an execution. */
export function Actions({ run }: { run: Run }) {
  const { t } = useTranslation()
  const may = useMay('editor')
  const navigate = useNavigate()
  const { execution, failing } = run
  const ended = hasEnded(execution.status)
  const debug = () => void navigate({ to: '/workflows/$key', params: { key: execution.workflow }, search: { run: execution.id, node: failing?.nodeKey } })
  return (
    <div className="ex-actions">
      {may && !ended && <Cancel id={execution.id} />}
      {may && ended && <Rerun run={run} />}
      {may && (
        <Button icon={<Bug size={14} />} type={isBad(execution.status) ? 'primary' : 'default'} onClick={debug}>
          {t('executions:actions.debug')}
        </Button>
      )}
      <Button icon={<GitCompare size={14} />} aria-pressed={run.other !== undefined} onClick={() => run.compare(run.other === undefined ? (execution.retryOf ?? last) : undefined)}>
        {t('executions:actions.compare')}
      </Button>
      <More run={run} />
    </div>
  )
}

function Cancel({ id }: { id: string }) {
  const { t } = useTranslation()
  const cancel = useCancel()
  return (
    <>
      <Failed error={cancel.error} />
      <Popconfirm title={t('executions:cancel.title')} description={t('executions:cancel.text')} okText={t('executions:cancel.yes')} cancelText={t('executions:cancel.no')} onConfirm={() => cancel.mutate(id)}>
        <Button danger icon={<Square size={13} />} loading={cancel.isPending}>
          {t('executions:actions.cancel')}
        </Button>
      </Popconfirm>
    </>
  )
}

function Rerun({ run }: { run: Run }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [editing, setEditing] = useState(false)
  const again = useAgain()
  const { execution, document, failing, steps } = run
  const start = (how: Again) =>
    again.mutate({ execution, how }, {
      onSuccess: (id) => {
        if (id === null) message.warning(t('executions:again.turnedAway'))
        else void navigate({ to: '/executions/$id', params: { id }, search: {} })
      },
    })
  const first = document?.nodes.find(({ key }) => steps.some(({ nodeKey }) => nodeKey === key))?.key
  const items: MenuProps['items'] = [
    ...(failing ? [{ key: 'failing', label: t('executions:again.failing', { name: run.nameOf(failing.nodeKey).title }), onClick: () => start({ by: 'same' }) }] : []),
    { key: 'same', label: t('executions:again.same', { revision: execution.revision ? `v${execution.revision}` : t('executions:draft') }), onClick: () => start({ by: 'same', from: first }) },
    { key: 'published', label: t('executions:again.published'), onClick: () => start({ by: 'published' }) },
    { key: 'draft', label: t('executions:again.draft'), onClick: () => start({ by: 'draft' }) },
    { type: 'divider' },
    { key: 'edited', label: t('executions:again.edited'), onClick: () => setEditing(true) },
  ]
  return (
    <>
      <Failed error={again.error} />
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button icon={<RotateCcw size={14} />} loading={again.isPending}>
          {t('executions:actions.again')}
          <ChevronDown size={13} aria-hidden />
        </Button>
      </Dropdown>
      {editing && <EditedRerun run={run} onClose={() => setEditing(false)} />}
    </>
  )
}

function More({ run }: { run: Run }) {
  const { t } = useTranslation()
  const may = useMay('editor')
  const navigate = useNavigate()
  const { message, modal } = App.useApp()
  const remove = useDelete()
  const { id, status } = run.execution
  const copy = async () => {
    try {
      await write(await readWhole(id))
      message.success(t('executions:more.copied'))
    } catch (error) {
      message.error(error instanceof ApiError ? error.message : t('executions:more.copyFailed'))
    }
  }
  const ask = () =>
    modal.confirm({
      title: t('executions:more.deleteTitle'),
      content: t('executions:more.deleteText'),
      okText: t('executions:more.deleteYes'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await remove.mutateAsync(id)
        await navigate({ to: '/executions' })
      },
    })
  const items: MenuProps['items'] = [
    { key: 'json', label: t('executions:more.copy'), onClick: () => void copy() },
    ...(may && hasEnded(status) ? [{ key: 'delete', danger: true, label: t('executions:more.delete'), onClick: ask }] : []),
  ]
  return (
    <>
      <Failed error={remove.error} />
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <Button icon={<Ellipsis size={16} />} aria-label={t('executions:actions.more')} title={t('executions:actions.more')} />
      </Dropdown>
    </>
  )
}
