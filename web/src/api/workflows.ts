import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { FlowDocument } from '@/flow/document'

import { ApiError, api, data, type Schemas } from './client'

/** A workflow as lists show it. */
export type WorkflowItem = Schemas['WorkflowItem']

export interface WorkflowFilter {
  q?: string
  tag?: string
}

const workflowsKey = ['workflows'] as const
const pageSize = 100

/** The workflows with what happened to them in the last 24 hours, newest first, page by page. */
export const useWorkflows = (filter: WorkflowFilter) =>
  useInfiniteQuery({
    queryKey: [...workflowsKey, 'list', filter],
    queryFn: ({ pageParam: cursor }) => data(api.GET('/api/workflows', { params: { query: { ...filter, stats: true, limit: pageSize, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

const titlesKey = [...workflowsKey, 'titles']

/** Titles of all workflows by key, for pages that name workflows. */
export const useWorkflowTitles = () =>
  useQuery({
    queryKey: titlesKey,
    queryFn: async () => {
      const page = await data(api.GET('/api/workflows', { params: { query: { limit: 1000 } } }))
      return new Map(page.items.map((item) => [item.key, item.title || item.key]))
    },
    staleTime: 60_000,
  })

const at = (key: string) => ({ params: { path: { key } } })

/** documentOf is a workflow as it is published, or its draft; with what If-Match names it by. */
export async function documentOf(key: string, draft = false): Promise<{ document: FlowDocument; etag: string | null }> {
  const address = draft ? '/api/workflows/{key}/draft' : '/api/workflows/{key}'
  const { data: document, response } = await api.GET(address, at(key))
  return { document: document as FlowDocument, etag: response.headers.get('ETag') }
}

/** A change of workflows; lists are read again after it. */
function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: workflowsKey }) })
}

/** Switches workflows on or off. */
export const useEnable = () =>
  useChange(({ keys, enabled }: { keys: string[]; enabled: boolean }) =>
    each(keys, (key) => api.POST(enabled ? '/api/workflows/{key}/enable' : '/api/workflows/{key}/disable', at(key))),
  )

/** Deletes workflows; what they did stays to be looked at. */
export const useDeleteWorkflows = () => useChange((keys: string[]) => each(keys, (key) => api.DELETE('/api/workflows/{key}', at(key))))

// One after the other: the first failure stops, and names what it was about.
async function each(keys: string[], call: (key: string) => Promise<unknown>) {
  for (const key of keys) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      await call(key)
    } catch (error) {
      if (keys.length > 1 && error instanceof ApiError) throw new ApiError({ ...error.problem, detail: `${key}: ${error.problem.detail}` })
      throw error
    }
  }
}

/** Makes a disabled copy under a key that is free, and tells it. */
export const useDuplicate = () =>
  useChange(({ key, title }: { key: string; title: string }) =>
    underFreeKey(`${key}-copy`, async (free) => {
      await api.POST('/api/workflows/{key}/duplicate', { ...at(key), body: { key: free, title } })
    }),
  )

/** Saves a new workflow as a draft, under its key or the next one that is free, and tells it. */
export const useCreateDraft = () =>
  useChange((document: FlowDocument) =>
    underFreeKey(document.key, async (key) => {
      await api.POST('/api/workflows', { params: { query: { draft: true } }, body: { ...document, key } as never })
    }),
  )

/** Changes the tags of a workflow: in its draft, or published when there is none. */
export const useSetTags = () =>
  useChange(async ({ workflow, tags }: { workflow: Pick<WorkflowItem, 'key' | 'hasDraft'>; tags: string[] }) => {
    const { key, hasDraft } = workflow
    const { document, etag } = await documentOf(key, hasDraft)
    const params = { path: { key }, query: { draft: hasDraft }, header: { 'If-Match': etag ?? undefined } }
    await api.PUT('/api/workflows/{key}', { params, body: { ...document, tags } as never })
  })

const maxTries = 20

/** underFreeKey tries key, key-2, key-3 … until one is not taken, and returns it. */
export async function underFreeKey(key: string, create: (key: string) => Promise<void>): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? key : `${key}-${n}`
    try {
      // oxlint-disable-next-line no-await-in-loop
      await create(candidate)
      return candidate
    } catch (error) {
      if (n === maxTries || !(error instanceof ApiError) || error.problem.status !== 409) throw error
    }
  }
}
