import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

import { api, data, type Schemas } from './client'

/** An import that runs or has ended. */
export type ImportItem = Schemas['ImportItem']
/** What an import would come to. */
export type ImportCheck = Schemas['ImportCheck']
export type RowError = Schemas['RowError']
export type FileFormat = ImportItem['format']

/** A file to import. */
export interface ImportFile {
  content: Blob
  format: FileFormat
  charset?: string
  /** A unique field: a record with the same value there is changed. */
  upsertBy?: string
}

const mediaTypes: Record<FileFormat, string> = { csv: 'text/csv', json: 'application/json', jsonl: 'application/x-ndjson' }

const send = (name: string, { content, ...query }: ImportFile, dryRun: boolean) =>
  data(
    api.POST('/api/collections/{name}/import', {
      params: { path: { name }, query: { ...query, dryRun } },
      body: content as never,
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { 'Content-Type': mediaTypes[query.format] },
    }),
  )

/** Checks every row of a file and writes nothing. */
export const useCheckImport = (name: string) => useMutation({ mutationFn: async (file: ImportFile) => (await send(name, file, true)) as ImportCheck })

const importsKey = ['imports'] as const

/** Begins an import, which goes on by itself. */
export function useStartImport(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file: ImportFile) => (await send(name, file, false)) as ImportItem,
    onSuccess: () => client.invalidateQueries({ queryKey: importsKey }),
  })
}

/** The newest import into a table; while it runs, how far it has come. */
export function useLastImport(name: string) {
  const client = useQueryClient()
  const last = useQuery({
    queryKey: [...importsKey, name],
    queryFn: async () => (await data(api.GET('/api/imports', { params: { query: { collection: name, limit: 1 } } }))).items[0] ?? null,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 700 : false),
  })
  const ended = last.data?.finishedAt
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: ['records', name] })
  }, [client, name, ended])
  return last
}

/** Ends an import where it is. */
export function useAbortImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.DELETE('/api/imports/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  })
}

/** exportAddress is where records are downloaded from; CSV comes so that spreadsheets read it. */
export function exportAddress(name: string, format: FileFormat, { filter, q }: { filter?: string; q?: string }) {
  const query = new URLSearchParams({ format, ...(filter && { filter }), ...(q && { q }), ...(format === 'csv' && { bom: 'true' }) })
  return `/api/collections/${encodeURIComponent(name)}/export?${query}`
}
