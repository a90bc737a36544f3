import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useEnable, type WorkflowItem } from '@/api/workflows'

import { DeleteDialog } from './DeleteDialog'
import { TagsDialog } from './TagsDialog'

interface Props {
  workflows: WorkflowItem[]
  onFailure: (error: unknown) => void
  onDone: () => void
}

/** What can be done with the workflows that are selected. */
export function BulkBar({ workflows, onFailure, onDone }: Props) {
  const { t } = useTranslation()
  const enable = useEnable()
  const [open, setOpen] = useState<'tags' | 'delete' | null>(null)
  // One without a published revision cannot be switched on.
  const keys = (enabled: boolean) => workflows.filter((item) => item.enabled !== enabled && item.revision > 0).map((item) => item.key)
  const set = (enabled: boolean) => enable.mutate({ keys: keys(enabled), enabled }, { onError: onFailure, onSuccess: onDone })
  return (
    <div className="workflows-bar workflows-bulk" role="toolbar" aria-label={t('workflows:bulk.label')}>
      <strong role="status">{t('workflows:bulk.selected', { count: workflows.length })}</strong>
      <Button disabled={keys(true).length === 0} loading={enable.isPending && enable.variables.enabled} onClick={() => set(true)}>
        {t('workflows:bulk.enable')}
      </Button>
      <Button disabled={keys(false).length === 0} loading={enable.isPending && !enable.variables.enabled} onClick={() => set(false)}>
        {t('workflows:bulk.disable')}
      </Button>
      <Button onClick={() => setOpen('tags')}>{t('workflows:bulk.tags')}</Button>
      <Button danger onClick={() => setOpen('delete')}>
        {t('workflows:bulk.delete')}
      </Button>
      <Button type="text" onClick={onDone}>
        {t('workflows:bulk.clear')}
      </Button>
      {open === 'tags' && <TagsDialog workflows={workflows} onClose={() => setOpen(null)} onDone={onDone} />}
      {open === 'delete' && <DeleteDialog workflows={workflows} onClose={() => setOpen(null)} onDone={onDone} />}
    </div>
  )
}
