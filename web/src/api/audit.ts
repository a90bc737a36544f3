import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'

/** Something that somebody did. */
export type AuditEntry = Schemas['AuditEntry']

export interface AuditFilter {
  actor?: string
  action?: string
  kind?: string
  object?: string
  /** A length of time up to now: one of auditPeriods below. */
  since?: string
  from?: string
  to?: string
}

const hour = 3_600_000
const periods: Record<string, number> = { '24h': 24 * hour, '7d': 7 * 24 * hour, '30d': 30 * 24 * hour }

/** Lengths of time that the log can be narrowed to. */
export const auditPeriods = Object.keys(periods)

/** queryOf is what the API is asked for. */
export function queryOf({ since, ...filter }: AuditFilter, now = Date.now()) {
  const length = periods[since ?? '']
  return length ? { ...filter, from: new Date(now - length).toISOString(), to: undefined } : filter
}

const page = (filter: AuditFilter, cursor: string | undefined, limit: number) =>
  data(api.GET('/api/audit', { params: { query: { ...queryOf(filter), limit, cursor } } }))

/** Who changed what, the newest first, page by page. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam: cursor }) => page(filter, cursor, 50),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

const maxExported = 100_000

/** auditLines are all entries of a filter, one JSON object a line, the newest first. */
export async function auditLines(filter: AuditFilter): Promise<string> {
  const lines: string[] = []
  let cursor: string | undefined
  do {
    // Each page begins where the one before has ended.
    // oxlint-disable-next-line no-await-in-loop
    const { items, nextCursor } = await page(filter, cursor, 1000)
    for (const item of items) lines.push(`${JSON.stringify(item)}\n`)
    cursor = nextCursor ?? undefined
  } while (cursor && lines.length < maxExported)
  return lines.join('')
}
