import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, data } from './client'

// What forms offer to choose from: short lists under the keys of their resources, so that a change of one asks anew.
const some = { staleTime: 30_000 }
const all = { params: { query: { limit: 1000 } } }

/** The collections with their fields. */
export const useCollectionOptions = () =>
  useQuery({ ...some, queryKey: ['collections', 'options'], queryFn: async () => (await data(api.GET('/api/collections', all))).items })

/** The channels. */
export const useChannelOptions = () =>
  useQuery({ ...some, queryKey: ['channels', 'options'], queryFn: async () => (await data(api.GET('/api/channels', all))).items })

/** The workflows by key and title. */
export const useWorkflowOptions = () =>
  useQuery({ ...some, queryKey: ['workflows', 'options'], queryFn: async () => (await data(api.GET('/api/workflows', all))).items })

/** The variables and secrets; of a secret there is only the name. */
export const useEnvOptions = () =>
  useQuery({ ...some, queryKey: ['env', 'options'], queryFn: async () => (await data(api.GET('/api/env', all))).items ?? [] })

/** Keeps a value under a name, as a secret or for all to read. */
export function useSaveEnv() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ name, value, secret }: { name: string; value: string; secret: boolean }) =>
      data(api.PUT('/api/env/{name}', { params: { path: { name } }, body: { value, secret } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['env'] }),
  })
}
