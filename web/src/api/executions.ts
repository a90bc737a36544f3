import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type Query } from '@tanstack/react-query'

import type { FlowDocument } from '@/flow/document'

import { api, data, type Schemas } from './client'
import type { paths } from './schema'

/** An execution as lists have it. */
export type ExecutionItem = Schemas['ExecutionItem']
/** An execution with what it answered and put out, and without its steps. */
export type Execution = Schemas['Execution']
export type ExecutionFilter = Omit<NonNullable<paths['/api/executions']['get']['parameters']['query']>, 'limit' | 'cursor' | 'count'>

const key = ['executions'] as const
const pageSize = 100
const atOnce = 700
const now = new Set(['queued', 'running', 'waiting'])
const goesOn = (execution: { status: string } | undefined) => execution !== undefined && now.has(execution.status)

// What is far down stays as it was read: each look again would read all pages.
const mostPagesAgain = 3

/** The executions that a filter finds, newest first, page by page; looked at again every two seconds. */
export const useExecutions = (filter: ExecutionFilter) =>
  useInfiniteQuery({
    queryKey: [...key, 'list', filter],
    queryFn: ({ pageParam: cursor }) => data(api.GET('/api/executions', { params: { query: { ...filter, limit: pageSize, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > mostPagesAgain ? false : 2000),
  })

const at = (id: string) => ({ path: { id } })

/** readExecution reads one execution without its steps. */
const readExecution = (id: string) => data(api.GET('/api/executions/{id}', { params: { ...at(id), query: { steps: false } } }))

/** One execution without its steps; while it goes on, looked at again and again. */
export const useExecution = (id: string | undefined) =>
  useQuery({
    queryKey: [...key, 'one', id],
    queryFn: () => readExecution(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (goesOn(state.data) ? atOnce : false),
  })

/** The steps of an execution, and whether there are more than can be shown. */
export interface Steps {
  items: Schemas['Step'][]
  more: boolean
  /** How long it took to read them, in milliseconds. */
  tookMs: number
}

const mostSteps = 20_000
const stepsPage = 5000

async function readSteps(id: string): Promise<Steps> {
  const began = performance.now()
  const items: Schemas['Step'][] = []
  let cursor: string | undefined
  do {
    // A page is asked for by the cursor of the one before.
    // oxlint-disable-next-line no-await-in-loop
    const page = await data(api.GET('/api/executions/{id}/steps', { params: { ...at(id), query: { data: false, limit: stepsPage, cursor } } }))
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < mostSteps)
  return { items, more: cursor !== undefined, tookMs: performance.now() - began }
}

// Reading many steps may take its time: at most a quarter of it goes into that.
const pause = ({ state }: Query<Steps>) => Math.max(atOnce, 3 * (state.data?.tookMs ?? 0))

/** The steps of an execution without what went in and came out; once more when it has ended. */
export const useSteps = (execution: ExecutionItem | undefined) =>
  useQuery({
    queryKey: [...key, 'steps', execution?.id, execution?.finishedAt ?? ''],
    queryFn: () => readSteps(execution?.id ?? ''),
    enabled: execution !== undefined,
    placeholderData: (before, query) => (query?.queryKey[2] === execution?.id ? before : undefined),
    refetchInterval: (query: Query<Steps>) => (goesOn(execution) ? pause(query) : false),
    staleTime: execution?.finishedAt ? Infinity : 0,
  })

/** The steps of one path with all their data, as the text of the answer: numbers stay as they were sent. */
export const useStepText = (id: string, path: string | undefined, status: string | undefined) =>
  useQuery({
    queryKey: [...key, 'step', id, path, status],
    queryFn: () => data(api.GET('/api/executions/{id}/steps', { params: { ...at(id), query: { path } }, parseAs: 'text' })),
    enabled: path !== undefined,
    staleTime: Infinity,
    gcTime: 60_000,
  })

/** $context of an execution, as text. */
export const useContextText = (id: string, enabled = true) =>
  useQuery({
    queryKey: [...key, 'context', id],
    queryFn: () => data(api.GET('/api/executions/{id}/context', { params: at(id), parseAs: 'text' })),
    enabled,
    staleTime: Infinity,
    gcTime: 60_000,
  })

/** The workflow as an execution ran it. */
export const useExecuted = (id: string) =>
  useQuery({
    queryKey: [...key, 'workflow', id],
    queryFn: async () => {
      const document = (await data(api.GET('/api/executions/{id}/workflow', { params: at(id) }))) as FlowDocument
      return { ...document, nodes: document.nodes ?? [] }
    },
    staleTime: Infinity,
  })

/** The executions that belong to one: its repetitions, those that it called. */
export const useRelated = (filter: Pick<ExecutionFilter, 'retryOf' | 'parent' | 'workflow' | 'status' | 'to'>, enabled = true) =>
  useQuery({
    queryKey: [...key, 'list', 'related', filter],
    queryFn: async () => (await data(api.GET('/api/executions', { params: { query: { ...filter, limit: 20 } } }))).items,
    enabled,
    refetchInterval: ({ state }) => (state.data?.some(goesOn) ? 2000 : false),
  })

/** readWhole is an execution with all its steps and their data, as text. */
export const readWhole = (id: string) => data(api.GET('/api/executions/{id}', { params: at(id), parseAs: 'text' }))

function useChange<T, R>(change: (given: T) => Promise<R>, changed: readonly string[] = key) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: changed }) })
}

/** Stops an execution. */
export const useCancel = () => useChange((id: string) => data(api.POST('/api/executions/{id}/cancel', { params: at(id) })))

/** Deletes an execution that has ended; its own page, which is still shown, is not read again. */
export const useDelete = () => useChange((id: string) => api.DELETE('/api/executions/{id}', { params: at(id) }), [...key, 'list'])

/** How an execution is run again: by its own revision, from a node; or by another one. */
export type Again = SameAgain | { by: 'published' | 'draft' }

interface SameAgain {
  by: 'same'
  from?: string
  /** Another $context, as JSON text: so no number changes on its way. */
  context?: string
  /** Other results of the nodes before, by key, as JSON texts. */
  results?: Record<string, string>
}

/** Runs an execution again and tells the id of the new one; none when its request was turned away. */
export const useAgain = () =>
  useChange(async ({ execution, how }: { execution: ExecutionItem; how: Again }): Promise<string | null> => {
    if (how.by === 'same') return (await data(api.POST('/api/executions/{id}/retry', { params: at(execution.id), ...text(bodyOf(how)) }))).execution
    return execution.delivery ? replayed(execution.delivery, how.by) : runAgain(execution, how.by)
  })

// A body that is JSON text already.
const text = (body: string) => ({ body: body as never, bodySerializer: String, headers: { 'Content-Type': 'application/json' } })

function bodyOf({ from, context, results }: SameAgain): string {
  const object = (members: [string, string][]) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`
  const members: [string, string][] = []
  if (from !== undefined) members.push(['from', JSON.stringify(from)])
  if (context !== undefined) members.push(['context', context])
  if (results) members.push(['results', object(Object.entries(results))])
  return object(members)
}

async function replayed(delivery: string, by: 'published' | 'draft') {
  const revision = by === 'draft' ? 'draft' : 'current'
  return (await data(api.POST('/api/deliveries/{id}/replay', { params: at(delivery), body: { revision } }))).execution
}

async function runAgain({ id, workflow }: ExecutionItem, revision: 'published' | 'draft') {
  // Its text is sent as it came, so that no number changes.
  const context = await data(api.GET('/api/executions/{id}/context', { params: at(id), parseAs: 'text' }))
  const params = { path: { key: workflow }, query: { revision, wait: '0s' } }
  return (await data(api.POST('/api/workflows/{key}/run', { params, ...text(`{"context":${context}}`) }))).execution
}
