import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { ApiError, api, data, type Schemas } from './client'

/** A workflow that is ready but for what only its owner can say. */
export type Template = Schemas['Template']

/** One thing that a template needs to be told. */
export type TemplateNeed = Schemas['Need']

/** The templates, their texts in one language. */
export const useTemplates = (language: 'en' | 'zh') =>
  useQuery({
    queryKey: ['templates', language],
    queryFn: async () => (await data(api.GET('/api/templates', { params: { query: { language } } }))).items,
    staleTime: Infinity,
  })

/** What documents, pasted or from a file, would make; nothing is saved. */
export const useCheckDocuments = () =>
  useMutation({
    mutationFn: async ({ text, format }: { text: string; format: 'json' | 'yaml' }) => {
      const init = { headers: { 'Content-Type': `application/${format}` }, body: text as never, bodySerializer: (body: unknown) => body as string }
      return data(api.POST('/api/documents/check', init))
    },
  })

/** Channels that are set up, for choosing one. */
export const useChannelChoice = () =>
  useQuery({ queryKey: ['channels', 'choice'], queryFn: async () => (await data(api.GET('/api/channels', { params: { query: { limit: 1000 } } }))).items })

/** Names of the variables and secrets that there are. */
export const useEnvNames = () =>
  useQuery({
    queryKey: ['env', 'names'],
    queryFn: async () => new Set((await data(api.GET('/api/env', { params: { query: { limit: 1000 } } }))).items.map((item) => item.name)),
  })

/** Makes collections that are not there yet; those that are stay as they are. */
export function useMakeCollections() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (documents: unknown[]) => {
      if (documents.length === 0) return
      const { items } = await data(api.GET('/api/collections', { params: { query: { limit: 1000 } } }))
      const there = new Set(items.map((item) => item.name))
      for (const document of documents as { name: string }[]) {
        // oxlint-disable-next-line no-await-in-loop
        if (!there.has(document.name)) await api.POST('/api/collections', { body: document as never })
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['collections'] }),
  })
}

/** Keeps a secret under a name. */
export async function putSecret(name: string, value: string) {
  await api.PUT('/api/env/{name}', { params: { path: { name } }, body: { value, secret: true } })
}

/** Adds a record to a collection, unless one that must be unique is there already. */
export async function addRecord(collection: string, record: Record<string, unknown>) {
  try {
    await api.POST('/api/collections/{name}/records', { params: { path: { name: collection } }, body: record as never })
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 409) throw error
  }
}
