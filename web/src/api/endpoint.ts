import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'

/** What answers at the two URLs of a workflow, and what keeps requests from passing. */
export type Endpoint = Schemas['Endpoint']
/** One of the two URLs. */
export type Side = Schemas['Side']
/** A request to be sent, or written as a program. */
export type TestRequest = Schemas['TestBody']
export type TestResult = Schemas['TestResult']
export type Snippet = Schemas['Snippet']
export type Checked = Schemas['Checked']
export type DeliveryItem = Schemas['DeliveryItem']

const at = (key: string) => ({ params: { path: { key } } })
const endpointKey = (key: string) => ['workflows', key, 'endpoint'] as const

/** What answers at a workflow's URLs; state is what names the workflow's state, so that a save reads it anew. */
export const useEndpoint = (key: string, state: string | null) =>
  useQuery({
    queryKey: [...endpointKey(key), state],
    queryFn: () => data(api.GET('/api/workflows/{key}/endpoint', at(key))),
    placeholderData: keepPreviousData,
    // The test URL closes by itself.
    refetchInterval: 30_000,
  })

/** Has the test URL answer for an hour. */
export function useOpenTest(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => data(api.POST('/api/workflows/{key}/open-test', at(key))),
    onSettled: () => client.invalidateQueries({ queryKey: endpointKey(key) }),
  })
}

/** Whether a path can be taken; another enabled workflow may have it. */
export const usePathCheck = (key: string, path: string, methods: string[]) =>
  useQuery({
    queryKey: ['workflows', key, 'path-check', path, methods],
    queryFn: () => data(api.GET('/api/workflows/{key}/path-check', { params: { path: { key }, query: { path, methods } } })),
    placeholderData: keepPreviousData,
  })

/** Sends a request to the workflow's webhook, signed as its sender would if that is asked for. */
export function useSendTest(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: TestRequest) => data(api.POST('/api/workflows/{key}/test-request', { ...at(key), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: recentKey(key) }),
  })
}

/** A request as a program that signs it. */
export const useSnippet = (key: string, language: Schemas['SnippetBody']['language'], request: Omit<TestRequest, 'sign'>) =>
  useQuery({
    queryKey: ['workflows', key, 'snippet', language, request],
    queryFn: () => data(api.POST('/api/workflows/{key}/snippet', { ...at(key), body: { ...request, language } })),
    placeholderData: keepPreviousData,
  })

/** What settings, which need not be saved, make of a stored request; nothing is asked before one is chosen. */
export const useCheckStored = (key: string, delivery: string | undefined, verification: unknown) =>
  useQuery({
    queryKey: ['workflows', key, 'verification-check', delivery, verification],
    queryFn: () => data(api.POST('/api/workflows/{key}/verification-check', { ...at(key), body: { delivery: delivery ?? '', verification } })),
    enabled: delivery !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

const recentKey = (key: string) => ['deliveries', 'recent', key] as const

/** The newest requests that came to a workflow. */
export const useRecentDeliveries = (key: string, enabled = true) =>
  useQuery({
    queryKey: recentKey(key),
    queryFn: async () => (await data(api.GET('/api/deliveries', { params: { query: { workflow: key, limit: 20 } } }))).items,
    enabled,
    staleTime: 0,
  })

/** The named sets of addresses. */
export const useIPSets = () =>
  useQuery({ queryKey: ['ip-sets'], queryFn: async () => (await data(api.GET('/api/ip-sets', { params: { query: { limit: 1000 } } }))).items, staleTime: 60_000 })

/** What a workflow's saved lists say to an address. */
export const useIPTest = (key: string) =>
  useMutation({ mutationFn: (remote: string) => data(api.POST('/api/ip-test', { body: { remote, workflow: key } })) })
