import { useQuery } from '@tanstack/react-query'

import type { FlowDocument } from '@/flow/document'
import { without } from '@/flow/without'

import { api, data, ApiError, type Schemas } from './client'

export type Revision = Schemas['RevisionItem']
export type Sample = Schemas['SampleItem']

/** A document with what belongs to its workflow and not to one state of it. */
export interface Draft {
  document: FlowDocument
  meta: DraftMeta
}

export interface DraftMeta {
  enabled: boolean
  /** Number of the published revision; 0 before the first. */
  revision: number
  hasDraft: boolean
  updatedAt: string
  /** What If-Match names this state by. */
  etag: string | null
}

type Answer = FlowDocument & { id?: string; createdAt?: string; revision?: number; hasDraft?: boolean; updatedAt?: string }

/** split takes an answer apart: a document sent back is without what belongs to the workflow. */
function split({ data: body, response }: { data?: unknown; response: Response }): Draft {
  const answer = body as Answer
  const { enabled, revision, hasDraft, updatedAt } = answer
  const document = without(answer, 'id', 'createdAt', 'enabled', 'revision', 'hasDraft', 'updatedAt')
  const meta = { enabled: enabled === true, revision: revision ?? 0, hasDraft: hasDraft === true, updatedAt: updatedAt ?? '', etag: response.headers.get('ETag') }
  return { document: { ...document, nodes: document.nodes ?? [] }, meta }
}

const at = (key: string) => ({ path: { key } })
const when = (etag: string | null) => ({ header: { 'If-Match': etag ?? undefined } })

/** readDraft is the draft, or what is published when there is none. */
export const readDraft = async (key: string) => split(await api.GET('/api/workflows/{key}/draft', { params: at(key) }))

/** readPublished is what requests run; the draft before the first publishing. */
export const readPublished = async (key: string) => split(await api.GET('/api/workflows/{key}', { params: at(key) }))

/** saveDraft replaces the draft; 412 when somebody else saved since the state named. */
export const saveDraft = async (key: string, document: FlowDocument, etag: string | null) =>
  split(await api.PUT('/api/workflows/{key}', { params: { ...at(key), query: { draft: true }, ...when(etag) }, body: document as never }))

/** publish makes the draft what requests run. */
export const publish = async (key: string, etag: string | null) =>
  split(await api.POST('/api/workflows/{key}/publish', { params: { ...at(key), ...when(etag) } }))

/** setEnabled switches a workflow on or off, drafts apart. */
export const setEnabled = async (key: string, enabled: boolean) =>
  split(await api.POST(enabled ? '/api/workflows/{key}/enable' : '/api/workflows/{key}/disable', { params: at(key) }))

/** restore publishes a former revision again. */
export const restore = async (key: string, n: number) => split(await api.POST('/api/workflows/{key}/revisions/{n}/restore', { params: { path: { key, n } } }))

/** What was published, newest first. */
export const useRevisions = (key: string) =>
  useQuery({ queryKey: ['workflows', key, 'revisions'], queryFn: () => data(api.GET('/api/workflows/{key}/revisions', { params: { ...at(key), query: { limit: 100 } } })) })

/** One revision; none is read while n is not a number. */
export const useRevision = (key: string, n: number | undefined) =>
  useQuery({
    queryKey: ['workflows', key, 'revisions', n],
    queryFn: async () => split(await api.GET('/api/workflows/{key}/revisions/{n}', { params: { path: { key, n: n ?? 0 } } })),
    enabled: n !== undefined,
    staleTime: Infinity,
  })

export const sampleKey = (key: string) => ['workflows', key, 'sample'] as const

/** What the workflow is tried with; null while there is nothing yet. */
export const useSample = (key: string) =>
  useQuery({
    queryKey: sampleKey(key),
    staleTime: 60_000,
    queryFn: async (): Promise<Sample | null> => {
      try {
        return await data(api.GET('/api/workflows/{key}/sample', { params: at(key) }))
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) return null
        throw error
      }
    },
  })

/** sampleOf takes what an execution was started with as the sample. */
export const sampleOf = (key: string, execution: string) => data(api.PUT('/api/workflows/{key}/sample', { params: at(key), body: { execution } }))
