import { useMutation, useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { useSaving } from './crud'

/** A named set of addresses. */
export type IPSet = Schemas['IpSet']

const sets = ['ip-sets'] as const
const at = (name: string) => ({ params: { path: { name } } })

/** The sets, without their ranges. */
export const useIPSets = () =>
  useQuery({ queryKey: sets, queryFn: async () => (await data(api.GET('/api/ip-sets', { params: { query: { limit: 1000 } } }))).items })

/** One set with its ranges; none is read without a name. */
export const useIPSet = (name: string | undefined) =>
  useQuery({ queryKey: [...sets, name], queryFn: () => data(api.GET('/api/ip-sets/{name}', at(name ?? ''))), enabled: name !== undefined, staleTime: 0 })

/** Fills a set. */
export const usePutIPSet = () =>
  useSaving(({ name, ranges }: { name: string; ranges: string[] }) => data(api.PUT('/api/ip-sets/{name}', { ...at(name), body: { ranges } })), sets)

/** Deletes a set. */
export const useDeleteIPSet = () => useSaving((name: string) => data(api.DELETE('/api/ip-sets/{name}', at(name))), sets)

/** Which address the server takes for the caller, and what a workflow's lists say to it. */
export const useTestIP = () => useMutation({ mutationFn: (body: Schemas['IpTest']) => data(api.POST('/api/ip-test', { body })) })
