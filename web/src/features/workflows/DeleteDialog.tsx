import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDeleteWorkflows, type WorkflowItem } from '@/api/workflows'

import { Failure } from './Failure'

const week = 7 * 24 * 3_600_000

/** busy are the workflows that were called in the last seven days: somebody relies on them. */
export const busy = (workflows: WorkflowItem[], now = Date.now()) =>
  workflows.filter(({ stats }) => stats?.lastDeliveryAt && now - Date.parse(stats.lastDeliveryAt) < week)

interface Props {
  workflows: WorkflowItem[]
  onClose: () => void
  onDone?: () => void
}

/** Deletes workflows once it is confirmed: in writing, when others still call them. */
export function DeleteDialog({ workflows, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const remove = useDeleteWorkflows()
  const [typed, setTyped] = useState('')
  const called = busy(workflows)
  const one = workflows.length === 1 ? workflows[0] : undefined
  const word = one ? one.key : t('workflows:delete.word')
  const confirmed = called.length === 0 || typed.trim() === word
  const submit = () =>
    remove.mutate(
      workflows.map(({ key }) => key),
      { onSuccess: () => (onClose(), onDone?.()) },
    )
  return (
    <Modal
      open
      title={one ? t('workflows:delete.title', { name: one.title || one.key }) : t('workflows:delete.several', { count: workflows.length })}
      okText={t('workflows:delete.submit')}
      okButtonProps={{ danger: true, disabled: !confirmed }}
      confirmLoading={remove.isPending}
      cancelText={t('workflows:cancel')}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="workflows-form">
        <p>{t('workflows:delete.text')}</p>
        {called.length > 0 && (
          <label className="workflows-field">
            <span>{one ? t('workflows:delete.called', { word }) : t('workflows:delete.someCalled', { count: called.length, word })}</span>
            <Input
              className="mono"
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onPressEnter={(event) => !event.nativeEvent.isComposing && confirmed && submit()}
            />
          </label>
        )}
        <Failure error={remove.error} />
      </div>
    </Modal>
  )
}
