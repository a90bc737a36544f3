import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'

export type Series = Schemas['SeriesBody']
export type Totals = Schemas['PeriodTotals']
export type Health = Schemas['HealthBody']

/** The times that figures are shown for: their length in milliseconds and the steps of charts. */
export const periods = {
  '1h': { length: 3_600_000, steps: 60 },
  '24h': { length: 86_400_000, steps: 48 },
  '7d': { length: 7 * 86_400_000, steps: 84 },
} as const

export type Period = keyof typeof periods

// Only while the page can be seen: react-query pauses it in the background.
const fresh = { refetchInterval: 15_000, placeholderData: keepPreviousData }

const begin = (period: Period) => new Date(Date.now() - periods[period].length).toISOString()

/** Requests, failures and durations of a period in steps, its totals and those of the one before. */
export const useSeries = (period: Period) =>
  useQuery({
    ...fresh,
    queryKey: ['stats', 'series', period],
    queryFn: () => data(api.GET('/api/stats/series', { params: { query: { from: begin(period), buckets: periods[period].steps } } })),
  })

/** How the server does. */
export const useHealth = () => useQuery({ ...fresh, queryKey: ['stats', 'health'], queryFn: () => data(api.GET('/api/stats/health')) })

/** The workflows with the most failed executions. */
export const useFailing = (period: Period) =>
  useQuery({
    ...fresh,
    queryKey: ['stats', 'failing', period],
    queryFn: async () => (await data(api.GET('/api/stats/failing', { params: { query: { from: begin(period), limit: 5 } } }))).items,
  })

/** The newest requests that were rejected. */
export const useNewestRejected = () =>
  useQuery({
    ...fresh,
    queryKey: ['stats', 'rejected'],
    queryFn: async () => (await data(api.GET('/api/deliveries', { params: { query: { outcome: 'rejected', limit: 5 } } }))).items,
  })

/** Whether the server ever got a request. */
export const useAnyDelivery = () =>
  useQuery({
    queryKey: ['stats', 'any'],
    queryFn: async () => (await data(api.GET('/api/deliveries', { params: { query: { limit: 1 } } }))).items.length > 0,
    refetchInterval: (query) => (query.state.data ? false : 5_000),
    // What has come once has come: nobody needs to ask again.
    staleTime: (query) => (query.state.data ? Infinity : 0),
  })

const sampleRequest = {
  target: 'live' as const,
  sign: true,
  method: 'POST' as const,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.com' }),
}

/** Sends a signed request to the sample workflow, as its caller would; the answer names the execution. */
export function useSendSample() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => data(api.POST('/api/workflows/{key}/test-request', { params: { path: { key: 'sample' } }, body: sampleRequest })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stats'] }),
  })
}
