import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import type { DeliveryFilter, Revision } from './deliveries'

/** The replay of all that a filter found. */
export type BulkReplay = Schemas['ReplayItem']

const replaysKey = ['replays'] as const

/** The latest bulk replays; asked again as long as one goes on. */
export const useBulkReplays = () =>
  useQuery({
    queryKey: replaysKey,
    queryFn: async () => (await data(api.GET('/api/replays', { params: { query: { limit: 20 } } }))).items,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.status === 'running') ? 1000 : false),
  })

const body = (filter: DeliveryFilter, revision: Revision, dryRun: boolean) => ({ body: { filter, revision, dryRun } as never })

/** How many deliveries a replay would run now. */
export const useReplayCount = (filter: DeliveryFilter) =>
  useQuery({
    queryKey: [...replaysKey, 'count', filter],
    queryFn: async () => ((await data(api.POST('/api/replays', body(filter, 'current', true)))) as { count: number }).count,
    staleTime: 0,
    gcTime: 0,
  })

/** Starts a replay, which goes on without us. */
export function useStartReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ filter, revision }: { filter: DeliveryFilter; revision: Revision }) =>
      (await data(api.POST('/api/replays', body(filter, revision, false)))) as BulkReplay,
    onSuccess: () => client.invalidateQueries({ queryKey: replaysKey }),
  })
}

/** Aborts a replay; what it has started goes on. */
export function useAbortReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => data(api.DELETE('/api/replays/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: replaysKey }),
  })
}
