import { useNavigate } from '@tanstack/react-router'
import { App, Dropdown, type MenuProps } from 'antd'
import { Copy, Download, Files, MoreHorizontal, SquarePen, Tag, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDuplicate, type WorkflowItem } from '@/api/workflows'

import { addressOf } from './address'
import { DeleteDialog } from './DeleteDialog'
import { exportWorkflow } from './export'
import { TagsDialog } from './TagsDialog'

interface Props {
  workflow: WorkflowItem
  onFailure: (error: unknown) => void
}

/** What can be done with one workflow. */
export function RowMenu({ workflow, onFailure }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const duplicate = useDuplicate()
  const [open, setOpen] = useState<'tags' | 'delete' | null>(null)
  const { key, title, trigger } = workflow
  const name = title || key
  const copy = () =>
    duplicate.mutate(
      { key, title: t('workflows:copyOf', { name }) },
      { onError: onFailure, onSuccess: (made) => void message.success(t('workflows:duplicated', { key: made })) },
    )
  const save = (format: 'json' | 'yaml') => exportWorkflow(key, format).catch(onFailure)
  const items: MenuProps['items'] = [
    { key: 'open', icon: <SquarePen size={14} />, label: t('workflows:menu.open'), onClick: () => void navigate({ to: '/workflows/$key', params: { key } }) },
    { key: 'duplicate', icon: <Files size={14} />, label: t('workflows:menu.duplicate'), onClick: copy },
    ...(trigger.path === undefined
      ? []
      : [{ key: 'url', icon: <Copy size={14} />, label: t('workflows:copyURL'), onClick: () => void copied(trigger.path ?? '') }]),
    { key: 'tags', icon: <Tag size={14} />, label: t('workflows:menu.tags'), onClick: () => setOpen('tags') },
    { key: 'yaml', icon: <Download size={14} />, label: t('workflows:menu.yaml'), onClick: () => void save('yaml') },
    { key: 'json', icon: <Download size={14} />, label: t('workflows:menu.json'), onClick: () => void save('json') },
    { type: 'divider' },
    { key: 'delete', danger: true, icon: <Trash2 size={14} />, label: t('workflows:menu.delete'), onClick: () => setOpen('delete') },
  ]
  const copied = async (path: string) => {
    await navigator.clipboard?.writeText(addressOf(path))
    void message.success(t('common:copied'))
  }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <button type="button" className="icon-button" aria-label={t('workflows:menu.label', { name })} title={t('workflows:menu.label', { name })}>
          <MoreHorizontal size={16} />
        </button>
      </Dropdown>
      {open === 'tags' && <TagsDialog workflows={[workflow]} onClose={() => setOpen(null)} />}
      {open === 'delete' && <DeleteDialog workflows={[workflow]} onClose={() => setOpen(null)} />}
    </>
  )
}
