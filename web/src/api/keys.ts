import { useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { useSaving } from './crud'

export type APIKey = Schemas['APIKey']

const keys = ['api-keys'] as const

/** The API keys, revoked ones too. */
export const useAPIKeys = () =>
  useQuery({ queryKey: keys, queryFn: async () => (await data(api.GET('/api/api-keys', { params: { query: { limit: 1000 } } }))).items })

/** Makes a key; only this answer holds it. */
export const useMakeKey = () => useSaving((body: Schemas['NewKey']) => data(api.POST('/api/api-keys', { body })), keys)

/** Revokes a key. */
export const useRevokeKey = () => useSaving((id: string) => data(api.DELETE('/api/api-keys/{id}', { params: { path: { id } } })), keys)
