import { Button, Popconfirm } from 'antd'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSample, type Sample } from '@/api/drafts'
import { useRecentDeliveries } from '@/api/endpoint'
import { useDeleteSample, usePutSample } from '@/api/sample'
import { EmptyState } from '@/components/EmptyState'
import { Failure } from '@/components/Failure'
import { JsonView } from '@/components/json/JsonView'
import { Time } from '@/components/Time'
import { reference, writePath } from '@/form/paths'
import { useTarget } from '@/form/target'

import { useEditor } from '../../store'
import { DeliverySelect } from '../DeliverySelect'
import { SampleEditor } from './SampleEditor'

/** What the workflow is tried with, and what its variables are shown with. */
export function SamplePanel() {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const { data: sample, isPending } = useSample(key)
  const [editing, setEditing] = useState(false)
  if (isPending) return null
  if (editing) return <SampleEditor sample={sample} onDone={() => setEditing(false)} />
  return (
    <>
      <Choose sample={sample} />
      {sample ? (
        <Shown sample={sample} onEdit={() => setEditing(true)} />
      ) : (
        <EmptyState title={t('trigger:sample.none')} text={t('trigger:sample.noneText')}>
          <Button onClick={() => setEditing(true)}>{t('trigger:sample.paste')}</Button>
        </EmptyState>
      )}
    </>
  )
}

function Choose({ sample }: { sample: Sample | null | undefined }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const { data: items = [], isPending } = useRecentDeliveries(key)
  const put = usePutSample(key)
  if (items.length === 0) return null
  return (
    <>
      <DeliverySelect
        items={items}
        loading={isPending || put.isPending}
        label={t('trigger:sample.choose')}
        value={items.some(({ id }) => id === sample?.delivery) ? (sample?.delivery ?? undefined) : undefined}
        onPick={(delivery) => put.mutate({ delivery })}
      />
      <Failure error={put.error} />
    </>
  )
}

function Shown({ sample, onEdit }: { sample: Sample; onEdit: () => void }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const remove = useDeleteSample(key)
  const target = useTarget((state) => state.target)
  return (
    <>
      <div className="row">
        <span className="grow muted trg-small">
          {t(`trigger:sample.from.${sample.from}`)} · {sample.takenBy} · <Time at={sample.takenAt} as="ago" />
        </span>
        <Button size="small" icon={<Pencil size={12} />} onClick={onEdit}>
          {t('trigger:sample.edit')}
        </Button>
        <Popconfirm title={t('trigger:sample.sure')} okText={t('trigger:sample.clear')} cancelText={t('trigger:cancel')} onConfirm={() => remove.mutate()}>
          <button type="button" className="icon-button" aria-label={t('trigger:sample.clear')} title={t('trigger:sample.clear')}>
            <Trash2 size={14} />
          </button>
        </Popconfirm>
      </div>
      <Failure error={remove.error} />
      {sample.outcome === 'rejected' && <p className="trg-note">{t('trigger:sample.rejected')}</p>}
      <JsonView value={sample.context} label={t('trigger:sample.context')} file="sample.json" maxHeight="60vh" onPick={target ? (steps) => target.insert(reference(writePath({ root: '$context', steps }))) : undefined} />
      <p className="muted trg-small">{target ? t('trigger:sample.insert', { name: target.label }) : t('trigger:sample.used')}</p>
    </>
  )
}
