import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { useEditWorkflows } from '@/api/workflowEdits'
import type { WorkflowItem } from '@/api/workflows'
import { Failure } from '@/components/Failure'

import { withHandler } from './alert'

const nobody = ''

/** Chooses what looks after a workflow's failures; the choice is published at once. */
export function HandlerChoice({ workflow, all, editor }: { workflow: WorkflowItem; all: WorkflowItem[]; editor: boolean }) {
  const { t } = useTranslation()
  const edit = useEditWorkflows()
  const { key, title, onError, hasDraft, revision } = workflow
  const candidates = all.filter((one) => one.key !== key && one.revision > 0 && (one.trigger.type === 'manual' || one.key === onError))
  const name = (handler: string) => all.find((one) => one.key === handler)?.title || handler
  if (!editor) return <span className={onError ? '' : 'muted'}>{onError ? name(onError) : t('settings:alerts.nobody')}</span>
  const reason = hasDraft || revision === 0 ? t('settings:alerts.draft') : ''
  const options = [{ value: nobody, label: t('settings:alerts.nobody') }, ...candidates.map((one) => ({ value: one.key, label: one.title || one.key }))]
  if (onError && !options.some((one) => one.value === onError)) options.push({ value: onError, label: t('settings:alerts.gone', { name: onError }) })
  return (
    <div className="settings-stack">
      <Select
        className="settings-select"
        aria-label={t('settings:alerts.onFailureOf', { name: title || key })}
        value={edit.isPending ? undefined : onError}
        loading={edit.isPending}
        disabled={Boolean(reason) || edit.isPending}
        onChange={(handler: string) => edit.mutate({ keys: [key], edit: (document) => withHandler(document, handler || null) })}
        options={options}
      />
      {reason && <span className="settings-hint">{reason}</span>}
      <Failure error={edit.error} />
    </div>
  )
}
