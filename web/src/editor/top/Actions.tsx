import { App, Button, Dropdown, type MenuProps } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, Download, Ellipsis, FileClock, FlaskConical, Play, Settings2, Trash2, Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useSample } from '@/api/drafts'
import { useMay } from '@/api/session'
import { useDeleteWorkflows } from '@/api/workflows'
import { usePageCommands } from '@/app/commands'

import { select, useEditor } from '../store'
import { useRun } from '../parts/useRun'
import { trigger } from '@/flow/travel'

interface ActionsProps {
  onPublish: () => void
  onPanel: (panel: 'revisions' | 'settings') => void
}

/** What can be done with the whole workflow. */
export function Actions({ onPublish, onPanel }: ActionsProps) {
  const mayEdit = useMay('editor')
  return (
    <>
      {mayEdit && <Test />}
      {mayEdit && <Publish onPublish={onPublish} />}
      <More mayEdit={mayEdit} onPanel={onPanel} />
    </>
  )
}

function Test() {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const running = useEditor((editor) => editor.running)
  const { data: sample } = useSample(key)
  const run = useRun()
  const items: MenuProps['items'] = [
    { key: 'run', icon: <Play size={14} />, label: sample ? t('editor:test.sample') : t('editor:test.empty'), onClick: () => run({}) },
    { key: 'dry', icon: <FlaskConical size={14} />, label: t('editor:test.dry'), onClick: () => run({}, true) },
    { type: 'divider' },
    { key: 'sample', icon: <Upload size={14} />, label: t('editor:test.other'), onClick: () => select(trigger) },
  ]
  const title = sample ? t('editor:test.sample') : t('editor:test.empty')
  usePageCommands([{ id: 'editor-run', title, run: () => run({}) }], [title, key])
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button loading={running} icon={<Play size={13} />} iconPlacement="start">
        {t('editor:test.title')} <ChevronDown size={13} aria-hidden />
      </Button>
    </Dropdown>
  )
}

function Publish({ onPublish }: { onPublish: () => void }) {
  const { t } = useTranslation()
  const nothing = useEditor(({ published, history, saved, meta }) => published !== null && !meta.hasDraft && history.present === saved)
  const title = t('editor:publish.button')
  usePageCommands(nothing ? [] : [{ id: 'editor-publish', title, run: onPublish }], [title, nothing, onPublish])
  return (
    <Button type="primary" disabled={nothing} title={nothing ? t('editor:publish.nothing') : undefined} onClick={onPublish}>
      {title}
    </Button>
  )
}

function More({ mayEdit, onPanel }: { mayEdit: boolean; onPanel: ActionsProps['onPanel'] }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const key = useEditor((editor) => editor.key)
  const remove = useDeleteWorkflows()
  const sure = () =>
    modal.confirm({
      title: t('editor:delete.sure', { key }),
      content: t('editor:delete.text'),
      okText: t('editor:delete.do'),
      cancelText: t('editor:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await remove.mutateAsync([key])
        await navigate({ to: '/workflows' })
      },
    })
  const items: MenuProps['items'] = [
    { key: 'revisions', icon: <FileClock size={14} />, label: t('editor:more.revisions'), onClick: () => onPanel('revisions') },
    { key: 'settings', icon: <Settings2 size={14} />, label: t('editor:more.settings'), onClick: () => onPanel('settings') },
    { type: 'divider' },
    { key: 'yaml', icon: <Download size={14} />, label: <a href={`/api/workflows/${key}/export?format=yaml`} download>{t('editor:more.yaml')}</a> },
    { key: 'json', icon: <Download size={14} />, label: <a href={`/api/workflows/${key}/export?format=json`} download>{t('editor:more.json')}</a> },
    ...(mayEdit ? [{ type: 'divider' as const }, { key: 'delete', danger: true, icon: <Trash2 size={14} />, label: t('editor:more.delete'), onClick: () => void sure() }] : []),
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" aria-label={t('editor:more.title')} title={t('editor:more.title')} icon={<Ellipsis size={16} />} />
    </Dropdown>
  )
}
