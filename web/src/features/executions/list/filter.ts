import type { ExecutionFilter } from '@/api/executions'

/** What the list shows, as it stands in the URL. */
export type ListSearch = Record<string, string | undefined>

/** The statuses that have a tab, in order; the first is all. */
export const statuses = ['', 'running', 'waiting', 'queued', 'succeeded', 'failed', 'error', 'aborted', 'cancelled'] as const

/** The chips of the search bar, as they stand in the URL and in the API. */
export const fields = ['workflow', 'delivery', 'startedBy', 'retryOf', 'parent', 'error'] as const
export type Field = (typeof fields)[number]

export const starts = ['webhook', 'manual', 'retry', 'replay', 'call', 'error'] as const

export const periods = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const

const minute = 60_000

/** filterOf is what the API is asked for. A period ends at now, and begins at a full minute: so it stays the same
 * question for a while. */
export function filterOf(search: ListSearch, now: number): ExecutionFilter {
  const length = periods[search.since as keyof typeof periods] as number | undefined
  const from = length === undefined ? search.from : new Date(Math.floor((now - length) / minute) * minute).toISOString()
  const given = { ...Object.fromEntries(fields.map((field) => [field, search[field]])), status: search.status, from, to: length === undefined ? search.to : undefined }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as ExecutionFilter
}

/** hasFilter reports whether a URL narrows the list. */
export const hasFilter = (search: ListSearch) => [...fields, 'status', 'since', 'from', 'to'].some((name) => search[name])

/** One thing looked for, as a chip shows it. */
export interface Token {
  field: Field
  value: string
}

/** tokensOf are the chips of a URL. */
export const tokensOf = (search: ListSearch): Token[] => fields.flatMap((field) => (search[field] ? [{ field, value: search[field] }] : []))

const names: Record<string, Field> = Object.fromEntries(fields.map((field) => [field.toLowerCase(), field]))

/** parse reads what was typed: field:value, or a text to be found in the error. */
export function parse(text: string): Token {
  const [, name = '', value = ''] = /^(\w+):\s*(.+)$/s.exec(text.trim()) ?? []
  const field = names[name.toLowerCase()]
  const plain = (given: string) => given.replace(/^"(.*)"$/s, '$1').trim()
  return field ? { field, value: plain(value) } : { field: 'error', value: plain(text.trim()) }
}

/** write spells a chip as it is typed. */
export const write = ({ field, value }: Token) => `${field}:${/[\s"]/.test(value) ? `"${value}"` : value}`
