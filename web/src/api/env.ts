import { useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { useSaving } from './crud'

/** A variable or a secret; a secret has no value here. */
export type Variable = Schemas['ListedVariable']

/** What names a thing: a workflow or a channel. */
export type Namer = Schemas['Namer']

/** The variables and secrets by name, with what uses each. */
export const useEnv = () =>
  useQuery({
    queryKey: ['env', 'usage'],
    queryFn: async () => (await data(api.GET('/api/env', { params: { query: { usage: true, limit: 1000 } } }))).items,
  })

/** Sets a variable or a secret. */
export const usePutVariable = () =>
  useSaving(
    ({ name, value, secret }: { name: string; value: string; secret: boolean }) =>
      data(api.PUT('/api/env/{name}', { params: { path: { name } }, body: { value, secret } })),
    ['env'],
    ['workflows'],
  )

/** Deletes a variable or a secret. */
export const useDeleteVariable = () => useSaving((name: string) => data(api.DELETE('/api/env/{name}', { params: { path: { name } } })), ['env'], ['workflows'])
