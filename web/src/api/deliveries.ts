import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import type { operations } from './schema'

/** A request in the log, as lists show it. */
export type DeliveryItem = Schemas['DeliveryItem']
/** A request with its headers, its body and what was answered. */
export type Delivery = Schemas['Delivery']
export type Report = Schemas['Report']
export type Check = Schemas['Check']

type ListQuery = NonNullable<operations['list-deliveries']['parameters']['query']>

/** What narrows the log. */
export type DeliveryFilter = Omit<ListQuery, 'limit' | 'cursor' | 'count'>

/** Which revision a replay runs. */
export type Revision = 'original' | 'current' | 'draft'

/** A language that a request can be written in. */
export type SnippetLanguage = 'curl' | 'javascript' | 'go' | 'python'

export const deliveriesKey = ['deliveries'] as const
const pageSize = 100

/** The log, newest first, page by page. The filter's times are read at each first page, so that "the
 * last hour" stays the last hour. */
export const useDeliveries = (key: unknown, filter: () => DeliveryFilter) =>
  useInfiniteQuery({
    queryKey: [...deliveriesKey, 'list', key],
    queryFn: ({ pageParam: cursor }) => data(api.GET('/api/deliveries', { params: { query: { ...filter(), limit: pageSize, cursor } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity, // what comes in later is told by the stream
    gcTime: 0,
  })

/** useRestart reads the log again from its newest request on, and forgets the pages behind. */
export function useRestart(key: unknown) {
  const client = useQueryClient()
  const queryKey = [...deliveriesKey, 'list', key]
  return () => {
    client.setQueryData<InfiniteData<Schemas['DeliveryList']>>(
      queryKey,
      (read) => read && { pages: read.pages.slice(0, 1), pageParams: read.pageParams.slice(0, 1) },
    )
    void client.invalidateQueries({ queryKey })
  }
}

/** streamOf is the address at which deliveries that pass a filter are told as they come. */
export function streamOf(filter: DeliveryFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
  return `/api/deliveries/stream?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

/** readDelivery reads a request whole; with credentials only administrators see what is masked. */
export const readDelivery = (id: string, credentials = false) =>
  data(api.GET('/api/deliveries/{id}', { params: { path: { id }, query: { credentials: credentials || undefined } } }))

/** A request whole. */
export const useDelivery = (id: string | undefined, credentials = false) =>
  useQuery({
    queryKey: [...deliveriesKey, 'one', id, credentials],
    queryFn: () => readDelivery(id ?? '', credentials),
    enabled: id !== undefined,
    staleTime: 60_000,
    placeholderData: (before) => (before?.id === id ? before : undefined),
  })

/** The replays of a request, newest first. */
export const useReplaysOf = (id: string) =>
  useQuery({
    queryKey: [...deliveriesKey, 'replaysOf', id],
    queryFn: async () => (await data(api.GET('/api/deliveries', { params: { query: { replayOf: id, limit: 50 } } }))).items,
  })

/** The executions that a request started, newest first. */
export const useRunsOf = (id: string) =>
  useQuery({
    queryKey: ['executions', 'of', id],
    queryFn: async () => (await data(api.GET('/api/executions', { params: { query: { delivery: id, limit: 50 } } }))).items,
    refetchInterval: ({ state }) => (state.data?.some((run) => ['queued', 'running', 'waiting'].includes(run.status)) ? 2000 : false),
  })

/** replayDelivery runs a request again; force lets a rejected one in unverified. */
export const replayDelivery = (id: string, revision: Revision, force = false): Promise<DeliveryItem> =>
  data(api.POST('/api/deliveries/{id}/replay', { params: { path: { id } }, body: { revision, force } }))

/** Runs a request again, and tells the new one. */
export function useReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, revision, force }: { id: string; revision: Revision; force?: boolean }) => replayDelivery(id, revision, force),
    onSuccess: (_, { id }) => client.invalidateQueries({ queryKey: [...deliveriesKey, 'replaysOf', id] }),
  })
}

/** readSnippet is a stored request as a program that sends it again. */
export const readSnippet = async (id: string, language: SnippetLanguage) =>
  (await data(api.GET('/api/deliveries/{id}/snippet', { params: { path: { id }, query: { language } } }))).code

/** Makes a request what its workflow is tried with in the editor. */
export function useTakeSample() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ workflow, delivery }: { workflow: string; delivery: string }) =>
      data(api.PUT('/api/workflows/{key}/sample', { params: { path: { key: workflow } }, body: { delivery } as never })),
    onSuccess: (_, { workflow }) => client.invalidateQueries({ queryKey: ['workflows', workflow, 'sample'] }),
  })
}

/** Verifies a stored request by what its workflow's draft says now. */
export const useVerifyAgain = () =>
  useMutation({
    mutationFn: ({ workflow, delivery }: { workflow: string; delivery: string }) =>
      data(api.POST('/api/workflows/{key}/verification-check', { params: { path: { key: workflow } }, body: { delivery } as never })),
  })
