import { useParams, useSearch } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useEffect } from 'react'

import { readDraft, readPublished } from '@/api/drafts'
import { ErrorState } from '@/components/ErrorState'

import { Editor } from './Editor'
import { open, useEditor } from './store'

/** One workflow: its draft, to be changed, tried and published. */
export function EditorPage() {
  const { key = '' } = useParams({ strict: false })
  const { node } = useSearch({ strict: false })
  const { data, error, refetch } = useQuery({
    queryKey: ['editor', key],
    queryFn: async () => {
      const draft = await readDraft(key)
      return { ...draft, key, published: draft.meta.revision > 0 ? (await readPublished(key)).document : null }
    },
    // The editor has the document from then on; a save must not have it read again.
    staleTime: Infinity,
    gcTime: 0,
  })
  useEffect(() => {
    if (data) open(data, node ?? null)
    // The node in the address counts when the page is opened; later the editor leads.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [data])
  const ready = useEditor((editor) => editor.key === key)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data || !ready) return <Skeleton active style={{ padding: 32 }} />
  return <Editor key={key} />
}
