import type { DeliveryFilter } from '@/api/deliveries'

/** The log's filters as they stand in the URL. */
export type LogSearch = Record<string, string | undefined>

/** One thing looked for, as a chip shows it: field is a search parameter of the URL. */
export interface Token {
  field: Field
  value: string
}

/** The fields that the search bar knows, as they stand in the URL and, but for since, in the API. */
export const fields = ['workflow', 'status', 'method', 'reason', 'ip', 'header', 'body', 'replay', 'test', 'execution', 'replayOf', 'q'] as const
export type Field = (typeof fields)[number]

/** The lengths of time that one click chooses, in milliseconds. */
export const periods = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const
export type Period = keyof typeof periods

/** periodOf is the length of time of a URL, undefined for all or from-to. */
export const periodOf = (since: string | undefined): Period | undefined =>
  since !== undefined && since in periods ? (since as Period) : undefined

/** filterOf is what the API is asked for; a period ends at now. */
export function filterOf(search: LogSearch, now: number): DeliveryFilter {
  const period = periodOf(search.since)
  const status = Number(search.status)
  const given = {
    ...Object.fromEntries(fields.map((field) => [field, search[field] || undefined])),
    outcome: search.outcome || undefined,
    status: Number.isInteger(status) && status > 0 ? status : undefined,
    from: period ? new Date(now - periods[period]).toISOString() : search.from || undefined,
    to: period ? undefined : search.to || undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as DeliveryFilter
}

/** The part of a URL that decides what is listed; what is opened beside it does not. */
export function keyOf(search: LogSearch): LogSearch {
  const { id: _id, tab: _tab, ...rest } = search
  return rest
}

/** tokensOf are the chips of a URL. */
export const tokensOf = (search: LogSearch): Token[] =>
  fields.flatMap((field) => (search[field] ? [{ field, value: search[field] }] : []))

/** hasFilter reports whether a URL narrows the log. */
export const hasFilter = (search: LogSearch) => tokensOf(search).length > 0 || Boolean(search.outcome || search.since || search.from || search.to)

// What people write → the parameter; free text and a path are looked for in everything.
const written: Record<string, Field> = {
  ...Object.fromEntries(fields.map((field) => [field.toLowerCase(), field])),
  path: 'q',
  url: 'q',
}

/** parse reads what was typed: words, and field:value pairs such as status:401, header.x-event:push or
 * body.user.id:"a b". Of a field named twice the last one counts. */
export function parse(text: string): Token[] {
  const found = new Map<Field, string>()
  const words: string[] = []
  for (const part of text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []) {
    const token = tokenOf(part)
    if (token && token.field !== 'q') found.set(token.field, token.value)
    else words.push(token ? token.value : part.replaceAll('"', ''))
  }
  if (words.length) found.set('q', words.join(' '))
  return fields.flatMap((field) => (found.has(field) ? [{ field, value: found.get(field) ?? '' }] : []))
}

function tokenOf(part: string): Token | undefined {
  const [, name = '', inner = '', quoted = ''] = /^(\w+)(\.[^:\s]+)?:(.+)$/s.exec(part) ?? []
  const value = quoted.replaceAll('"', '')
  const field = written[name.toLowerCase()]
  if (!field || !value) return undefined
  if (field === 'header' || field === 'body') return { field, value: inner ? `${inner.slice(1)}:${value}` : value }
  return inner ? undefined : { field, value: field === 'method' ? value.toUpperCase() : value }
}

/** write is a token as people would type it. */
export function write({ field, value }: Token): string {
  if (field === 'q') return value
  const [, inner, rest] = field === 'header' || field === 'body' ? (/^([^:]+):(.*)$/s.exec(value) ?? []) : []
  const [name, text] = inner === undefined ? [field, value] : [`${field}.${inner}`, rest ?? '']
  return `${name}:${/\s/.test(text) ? `"${text}"` : text}`
}
