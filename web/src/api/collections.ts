import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { from, parse, write, type Json } from '@/components/json/lossless'

import { api, data, type Schemas } from './client'

/** A table as the list shows it: with how much it holds and what names it. */
export type CollectionItem = Schemas['ListedCollection']
/** One column of a table; its default as it is spelled, so that no number loses a digit. */
export type Field = Omit<Schemas['Field'], 'default'> & { default?: Json }
/** What a change of a table does, or would do. */
export type SchemaChange = Schemas['SchemaChange']
export type SchemaStep = Schemas['SchemaStep']

/** A table with its fields. */
export interface Collection {
  name: string
  title?: string
  fields: Field[]
}

const collectionsKey = ['collections'] as const
const at = (name: string) => ({ path: { name } })

const fieldJson = ({ default: fallback, ...rest }: Field): Json => {
  const plain = from(rest)
  return plain.type === 'object' && fallback ? { type: 'object', members: [...plain.members, ['default', fallback]] } : plain
}

/** asBody sends a table as text, which keeps the digits of its defaults. */
const asBody = ({ name, title, fields }: Collection) => ({
  body: { kind: 'Collection' as const, name },
  bodySerializer: () =>
    write({ type: 'object', members: [['kind', from('Collection')], ['name', from(name)], ['title', from(title ?? '')], ['fields', { type: 'array', items: fields.map(fieldJson) }]] }),
})

const memberOf = (json: Json | undefined, name: string) => (json?.type === 'object' ? json.members.find(([own]) => own === name)?.[1] : undefined)

/** collectionOf reads a table from its JSON. */
export function collectionOf(text: string): Collection {
  const { name, title, fields } = JSON.parse(text) as Schemas['CollectionView']
  const exact = memberOf(parse(text) ?? undefined, 'fields')
  const defaults = exact?.type === 'array' ? exact.items.map((item) => memberOf(item, 'default')) : []
  return { name, title, fields: (fields ?? []).map((field, index) => ({ ...field, default: defaults[index] })) }
}

async function readCollection(name: string): Promise<Collection> {
  return collectionOf(String(await data(api.GET('/api/collections/{name}', { params: at(name), parseAs: 'text' }))))
}

/** All tables by name, with how much each holds and which workflows name it. */
export const useCollections = () =>
  useQuery({
    queryKey: [...collectionsKey, 'list'],
    queryFn: async () => (await data(api.GET('/api/collections', { params: { query: { stats: true, usage: true, limit: 1000 } } }))).items,
  })

/** One table with its fields. */
export const useCollection = (name: string) =>
  useQuery({ queryKey: [...collectionsKey, 'one', name], queryFn: () => readCollection(name), enabled: name !== '', retry: false })

/** Makes a new table. */
export function useCreateCollection() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draft: Collection) => data(api.POST('/api/collections', asBody(draft))),
    onSuccess: () => client.invalidateQueries({ queryKey: collectionsKey }),
  })
}

/** Tells what a change of a table would do; fields that are left out count as meant to be deleted. */
export const usePreviewCollection = () =>
  useMutation({
    mutationFn: async (draft: Collection): Promise<SchemaChange> => {
      const query = { dryRun: true, drop: true }
      const answer = await data(api.PUT('/api/collections/{name}', { params: { ...at(draft.name), query }, ...asBody(draft) }))
      return answer.preview ?? { created: false, changes: [] }
    },
  })

/** Changes a table; with drop, fields that are left out are deleted with what they hold. */
export function useSaveCollection() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, drop }: { draft: Collection; drop: boolean }) =>
      data(api.PUT('/api/collections/{name}', { params: { ...at(draft.name), query: { drop } }, ...asBody(draft) })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: collectionsKey })
      await client.invalidateQueries({ queryKey: ['records'] })
    },
  })
}

/** Adds a field to a table as it is now. */
export const addField = async (name: string, field: Field) => {
  const now = await readCollection(name)
  await api.PUT('/api/collections/{name}', { params: at(name), ...asBody({ ...now, fields: [...now.fields, field] }) })
}

/** Deletes a table with its records. */
export function useDeleteCollection() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.DELETE('/api/collections/{name}', { params: at(name) }),
    onSuccess: () => client.invalidateQueries({ queryKey: collectionsKey, refetchType: 'active' }),
  })
}
