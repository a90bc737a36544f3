import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, Space } from 'antd'
import { ChevronDown, ClipboardCopy, Ellipsis, RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { readSnippet, useReplay, useTakeSample, type Delivery, type Revision, type SnippetLanguage } from '@/api/deliveries'
import { useMay } from '@/api/session'
import { write } from '@/components/CopyButton'
import { sentence } from '@/components/ErrorState'

import { Notice, useNotice } from './Notice'
import { useAdmit } from './useAdmit'

const languages: SnippetLanguage[] = ['curl', 'javascript', 'go', 'python']

/** What can be done with a request, and how that went. */
export function Actions({ delivery }: { delivery: Delivery }) {
  const { notice, tell, fail, clear } = useNotice()
  return (
    <div className="dlv-actions">
      <div className="row">
        <ReplayButton delivery={delivery} onReplayed={tell} onFailure={fail} />
        <CopyAs delivery={delivery} onFailure={fail} />
        <More delivery={delivery} onFailure={fail} />
      </div>
      <Notice notice={notice} onClose={clear} />
    </div>
  )
}

interface Told {
  delivery: Delivery
  onFailure: (error: unknown) => void
}

function ReplayButton({ delivery, onReplayed, onFailure }: Told & { onReplayed: ReturnType<typeof useNotice>['tell'] }) {
  const { t } = useTranslation()
  const [editor, admin] = [useMay('editor'), useMay('admin')]
  const replay = useReplay()
  const run = (revision: Revision, force = false) =>
    replay.mutate({ id: delivery.id, revision, force }, { onSuccess: onReplayed, onError: onFailure })
  const admit = useAdmit(() => run('current', true))
  if (!editor || !delivery.workflow || delivery.outcome === 'handshake') return null
  const versions: Revision[] = ['current', 'original', 'draft']
  return (
    <Space.Compact>
      <Button type="primary" icon={<RotateCcw size={14} />} loading={replay.isPending} onClick={() => run('current')}>
        {t('deliveries:action.replay')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...versions.map((revision) => ({ key: revision, label: t(`deliveries:action.${revision}`), onClick: () => run(revision) })),
            ...(admin && delivery.outcome === 'rejected' ? [{ type: 'divider' as const }, { key: 'admit', danger: true, label: t('deliveries:action.admit'), onClick: admit }] : []),
          ],
        }}
      >
        <Button type="primary" aria-label={t('deliveries:action.more')} title={t('deliveries:action.more')} icon={<ChevronDown size={14} />} />
      </Dropdown>
    </Space.Compact>
  )
}

function CopyAs({ delivery, onFailure }: Told) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async (language: SnippetLanguage) => {
    try {
      await write(await readSnippet(delivery.id, language))
      void message.success(t('deliveries:action.copied', { language: t(`deliveries:action.${language}`) }))
    } catch (error) {
      onFailure(error)
    }
  }
  return (
    <Dropdown trigger={['click']} menu={{ items: languages.map((language) => ({ key: language, label: t(`deliveries:action.${language}`), onClick: () => void copy(language) })) }}>
      <Button icon={<ClipboardCopy size={14} />}>{t('deliveries:action.copyAs')}</Button>
    </Dropdown>
  )
}

function More({ delivery: { id, workflow, execution }, onFailure }: Told) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const editor = useMay('editor')
  const navigate = useNavigate()
  const sample = useTakeSample()
  if (!workflow) return null
  const take = () =>
    sample.mutate({ workflow, delivery: id }, { onSuccess: () => void message.success(t('deliveries:action.sampled', { workflow })), onError: onFailure })
  const edit = () => void navigate({ to: '/workflows/$key', params: { key: workflow }, search: { run: execution ?? undefined } })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'editor', label: t('deliveries:action.editor'), onClick: edit },
          ...(editor ? [{ key: 'sample', label: t('deliveries:action.sample'), onClick: take }] : []),
        ],
      }}
    >
      <Button aria-label={t('deliveries:action.menu')} title={t('deliveries:action.menu')} icon={<Ellipsis size={14} />} />
    </Dropdown>
  )
}

/** failureOf is what a failed call means, with what the server says about it. */
export function failureOf(t: (key: string) => string, error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) return { title: sentence(t, error.problem.status), detail: error.problem.detail || error.problem.title }
  return { title: t('deliveries:action.failed'), detail: String(error) }
}
