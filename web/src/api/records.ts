import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'

import { parse, write, type Json } from '@/components/json/lossless'

import { api, data, type Schemas } from './client'

/** What a record holds, by field: as the server spells it, so that no number loses a digit. */
export type Values = Map<string, Json>

/** One record of a table. */
export interface RecordRow {
  id: string
  values: Values
}

/** Who wrote a record, and when. */
export type Writing = Omit<Schemas['HistoryEntry'], 'record' | 'collection' | 'changes'>
/** One write of a record, with what each field held before and after. */
export interface HistoryEntry extends Writing {
  changes: { field: string; before: Json; after: Json }[]
}
export type UploadedFile = Schemas['UploadedFile']

/** What narrows and orders a list of records. */
export interface RecordQuery {
  filter?: string
  sort?: string
  q?: string
  /** Relations whose records come along. */
  with?: string
}

interface Page {
  items: RecordRow[]
  nextCursor: string | null
  total?: number
}

const recordsKey = (name: string) => ['records', name] as const
const pageSize = 100

/** recordOf reads a record from its JSON. */
export function recordOf(json: Json): RecordRow {
  const values: Values = new Map(json.type === 'object' ? json.members : [])
  const id = values.get('id')
  return { id: id?.type === 'string' ? id.value : '', values }
}

/** jsonOf is values as a body to send. */
export const jsonOf = (values: Iterable<[string, Json]>) => write({ type: 'object', members: [...values] })

// Bodies and answers are text: JSON.parse and JSON.stringify lose digits.
const asText = { parseAs: 'text' } as const
const asWritten = { bodySerializer: (body: unknown) => body as string, headers: { 'Content-Type': 'application/json' } }
const parsed = (text: unknown): Json => parse(String(text)) ?? { type: 'null' }

async function readPage(name: string, query: RecordQuery & { cursor?: string; limit: number; count?: boolean; writer?: boolean }): Promise<Page> {
  const answer = parsed(await data(api.GET('/api/collections/{name}/records', { params: { path: { name }, query }, ...asText })))
  const [next, total] = [memberOf(answer, 'nextCursor'), memberOf(answer, 'total')]
  return {
    items: itemsOf(memberOf(answer, 'items')).map(recordOf),
    nextCursor: next?.type === 'string' ? next.value : null,
    total: total?.type === 'number' ? Number(total.text) : undefined,
  }
}

/** The records that fit, page by page; the first page knows how many there are. */
export const useRecords = (name: string, query: RecordQuery) =>
  useInfiniteQuery({
    queryKey: [...recordsKey(name), 'list', query],
    queryFn: ({ pageParam: cursor }) => readPage(name, { ...query, cursor, limit: pageSize, count: !cursor, writer: true }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    structuralSharing: false, // pages may be large, and change as a whole
    placeholderData: (previous, of) => (of?.queryKey[1] === name ? keepPreviousData(previous) : undefined),
    retry: false,
  })

/** The first records in which a text stands. */
export const useRecordSearch = (name: string, q: string) =>
  useQuery({
    queryKey: [...recordsKey(name), 'search', q],
    queryFn: async () => (await readPage(name, { q: q || undefined, limit: 20 })).items,
    placeholderData: keepPreviousData,
    enabled: name !== '',
  })

const one = (name: string, id: string) => ({ params: { path: { name, id } } })

/** One record, with who wrote it last. */
export const useRecord = (name: string, id: string) =>
  useQuery({
    queryKey: [...recordsKey(name), 'one', id],
    queryFn: async () => recordOf(parsed(await data(api.GET('/api/collections/{name}/records/{id}', { ...one(name, id), ...asText })))),
    retry: false,
  })

/** What was done to a record, newest first. */
export const useHistory = (name: string, id: string) =>
  useQuery({
    queryKey: [...recordsKey(name), 'history', id],
    queryFn: async () => {
      const params = { path: { name, id }, query: { limit: 200 } }
      return historyOf(String(await data(api.GET('/api/collections/{name}/records/{id}/history', { params, ...asText }))))
    },
  })

const nothing: Json = { type: 'null' }
const memberOf = (json: Json | undefined, name: string) => (json?.type === 'object' ? json.members.find(([own]) => own === name)?.[1] : undefined)
const itemsOf = (json: Json | undefined) => (json?.type === 'array' ? json.items : [])

function historyOf(text: string): HistoryEntry[] {
  const plain = (JSON.parse(text) as Schemas['ListHistoryEntry']).items
  return itemsOf(memberOf(parsed(text), 'items')).flatMap((exact, index) => {
    const entry = plain[index]
    const changes = memberOf(exact, 'changes')
    const members = changes?.type === 'object' ? changes.members : []
    return entry ? { ...entry, changes: members.map(([field, both]) => ({ field, before: itemsOf(both)[0] ?? nothing, after: itemsOf(both)[1] ?? nothing })) } : []
  })
}

/** withRecord is a list with what a record holds now, until it is read again. */
const withRecord = (list: InfiniteData<Page>, changed: RecordRow): InfiniteData<Page> => ({
  ...list,
  pages: list.pages.map((page) => ({
    ...page,
    items: page.items.map((row) => (row.id === changed.id ? { ...row, values: new Map([...row.values, ...changed.values]) } : row)),
  })),
})

/** A change of records of a table; what is shown of it is read again after it. */
function useChange<T, R extends RecordRow | void>(name: string, change: (given: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) => {
      if (changed) client.setQueriesData<InfiniteData<Page>>({ queryKey: [...recordsKey(name), 'list'] }, (old) => old && withRecord(old, changed))
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: recordsKey(name) }), client.invalidateQueries({ queryKey: ['collections', 'list'] })]),
  })
}

/** Changes some fields of a record. */
export const useChangeRecord = (name: string) =>
  useChange(name, async ({ id, values }: { id: string; values: Values }) =>
    recordOf(parsed(await data(api.PATCH('/api/collections/{name}/records/{id}', { ...one(name, id), body: jsonOf(values), ...asWritten, ...asText })))),
  )

/** Makes a record. */
export const useCreateRecord = (name: string) =>
  useChange(name, async (values: Values) =>
    recordOf(parsed(await data(api.POST('/api/collections/{name}/records', { params: { path: { name } }, body: jsonOf(values), ...asWritten, ...asText })))),
  )

/** Deletes records one after the other; the first failure stops. */
export const useDeleteRecords = (name: string) =>
  useChange(name, async (ids: string[]) => {
    for (const id of ids) {
      // oxlint-disable-next-line no-await-in-loop
      await api.DELETE('/api/collections/{name}/records/{id}', one(name, id))
    }
  })

/** Keeps a file, for a record to hold. */
export const uploadFile = (file: File) =>
  data(
    api.POST('/api/files', {
      params: { query: { filename: file.name } },
      body: file as never,
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { 'Content-Type': file.type || 'application/octet-stream' },
    }),
  )

/** fileAddress is where a file is downloaded from. */
export const fileAddress = (id: string) => `/api/files/${encodeURIComponent(id)}`
