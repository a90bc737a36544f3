import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { sampleKey, sampleOf } from '@/api/drafts'
import { useMay } from '@/api/session'
import { sentence } from '@/components/ErrorState'
import { ApiError } from '@/api/client'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'
import { equal } from '@/flow/diff'

import { debug } from '../run'
import { forget, kept, type Kept } from '../save'
import { edit, show, useEditor } from '../store'

/** What the page says above the canvas: a former revision, an execution that is looked at, changes that were kept. */
export function Banners({ revision, onLeaveRevision }: { revision: number | undefined; onLeaveRevision: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      {revision !== undefined && (
        <Alert
          banner
          type="info"
          title={t('editor:revisions.looking', { n: revision })}
          action={
            <Button size="small" onClick={onLeaveRevision}>
              {t('editor:revisions.back')}
            </Button>
          }
        />
      )}
      <Recovered />
      <Debugged />
    </>
  )
}

function Recovered() {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const mayEdit = useMay('editor')
  const [found, setFound] = useState<Kept | null>(() => {
    const draft = kept(key)
    return draft && !equal(draft.document, useEditor.getState().saved) ? draft : null
  })
  if (!found || !mayEdit) return null
  const done = () => {
    forget(key)
    setFound(null)
  }
  return (
    <Alert
      banner
      type="warning"
      title={
        <>
          {t('editor:recovered.text')} <Time at={found.at} />
        </>
      }
      action={
        <span className="row">
          <Button
            size="small"
            type="primary"
            onClick={() => {
              edit(() => found.document, 'recover')
              done()
            }}
          >
            {t('editor:recovered.take')}
          </Button>
          <Button size="small" onClick={done}>
            {t('editor:recovered.drop')}
          </Button>
        </span>
      }
    />
  )
}

/** Shows the execution that the address names: what its nodes did, with what it was started with as the sample. */
function Debugged() {
  const { t } = useTranslation()
  const { run: id } = useSearch({ strict: false })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mayEdit = useMay('editor')
  const key = useEditor((editor) => editor.key)
  const { data: run, error } = useQuery({
    queryKey: ['editor', key, 'debug', id, mayEdit],
    enabled: id !== undefined,
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      const found = await debug(id ?? '')
      if (mayEdit) queries.setQueryData(sampleKey(key), await sampleOf(key, found.id))
      const failing = found.steps.find(({ status }) => status === 'error' || status === 'failed')
      if (failing) show(failing.nodeKey)
      return found
    },
  })
  if (id === undefined || (!run && !error)) return null
  const leave = () => {
    useEditor.setState({ run: null, steps: {} })
    void navigate({ to: '.', search: (old: Record<string, string | undefined>) => ({ ...old, run: undefined }), replace: true })
  }
  return (
    <Alert
      banner
      type={error ? 'error' : 'info'}
      title={
        <span className="row ed-debug">
          {error ? sentence(t, error instanceof ApiError ? error.problem.status : undefined) : t('editor:debug.text')}
          <code>{id}</code>
          {run && <Status of={run.status} />}
        </span>
      }
      action={
        <Button size="small" onClick={leave}>
          {t('editor:debug.leave')}
        </Button>
      }
    />
  )
}
