import type { FlowDocument } from '@/flow/document'

import { api, data } from './client'
import { useSaving } from './crud'
import { readPublished } from './drafts'

export type Edit = (document: FlowDocument) => FlowDocument

/** Changes what is published of workflows, one after the other; each must have no draft, which would lose the change. */
export const useEditWorkflows = () =>
  useSaving(
    async ({ keys, edit }: { keys: string[]; edit: Edit }) => {
      for (const key of keys) {
        // oxlint-disable-next-line no-await-in-loop
        await editWorkflow(key, edit)
      }
    },
    ['workflows'],
    ['env'],
  )

async function editWorkflow(key: string, edit: Edit) {
  const { document, meta } = await readPublished(key)
  const next = { ...edit(document), enabled: meta.enabled }
  await api.PUT('/api/workflows/{key}', { params: { path: { key }, header: { 'If-Match': meta.etag ?? undefined } }, body: next as never })
}

/** Publishes a new workflow. */
export const useCreateWorkflow = () =>
  useSaving((document: FlowDocument) => data(api.POST('/api/workflows', { params: { query: { draft: false } }, body: document as never })), ['workflows'])
