import { App, Button, Drawer, Skeleton } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { restore, useRevisions } from '@/api/drafts'
import { useMay } from '@/api/session'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Time } from '@/components/Time'

import { reload } from '../save'
import { useEditor } from '../store'
import { Failure } from './Dialogs'

/** What was published: to look at, and to publish again. */
export function Revisions({ shown, onShow, onClose }: { shown: number | undefined; onShow: (n: number) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const live = useEditor((editor) => editor.meta.revision)
  const { data, error, refetch } = useRevisions(key)
  return (
    <Drawer open title={t('editor:revisions.title')} size={380} mask={false} onClose={onClose} aria-label={t('editor:revisions.title')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data && <Skeleton active />}
      {data?.items.length === 0 && <EmptyState title={t('editor:revisions.none')} text={t('editor:revisions.noneText')} />}
      <ul className="ed-revisions">
        {data?.items.map((revision) => (
          <li key={revision.number} aria-current={shown === revision.number || undefined}>
            <span className="grow">
              <strong>{t('editor:revisions.n', { n: revision.number })}</strong>
              {revision.number === live && <span className="ed-chip ed-ok">{t('editor:revisions.live')}</span>}
              <span className="muted">
                <Time at={revision.createdAt} /> {revision.createdBy}
              </span>
            </span>
            <Button size="small" onClick={() => onShow(revision.number)}>
              {t('editor:revisions.view')}
            </Button>
            {revision.number !== live && <Restore number={revision.number} />}
          </li>
        ))}
      </ul>
    </Drawer>
  )
}

function Restore({ number }: { number: number }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const key = useEditor((editor) => editor.key)
  const client = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const go = async () => {
    try {
      setError(null)
      await restore(key, number)
      await reload()
      await client.invalidateQueries({ queryKey: ['workflows'] })
    } catch (cause) {
      setError(cause)
    }
  }
  if (!useMay('editor')) return null
  return (
    <>
      <Button size="small" onClick={() => void modal.confirm({ title: t('editor:revisions.sure', { n: number }), content: t('editor:revisions.sureText'), okText: t('editor:revisions.restore'), cancelText: t('editor:cancel'), onOk: go })}>
        {t('editor:revisions.restore')}
      </Button>
      {error !== null && <Failure error={error} />}
    </>
  )
}
