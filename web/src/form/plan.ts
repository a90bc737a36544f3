import type { Schema } from '@/api/catalogue'

import { hasReference } from './paths'

export type Values = Record<string, unknown>

/** One thing that a form shows: a field, several fields in one widget, or a choice between groups of them. */
export type Entry =
  | { kind: 'field'; name: string; schema: Schema; required: boolean }
  | { kind: 'together'; widget: string; names: string[]; required: boolean }
  | { kind: 'choice'; alternatives: Alternative[] }

export interface Alternative {
  name: string
  title: string
  'x-zh-title'?: string
  names: string[]
  entries: Entry[]
}

/** What a form shows, and what only when asked for more. */
export interface Plan {
  entries: Entry[]
  more: Entry[]
}

interface Limits {
  only?: readonly string[]
  except?: readonly string[]
}

// So many fields that need not be given are shown of a schema that does not say itself which are rare.
const mostOptional = 7

/** planOf says what a form shows of an object's fields: none that cannot apply to the values, in the schema's order. */
export function planOf(schema: Schema, values: Values, { only, except }: Limits = {}): Plan {
  const all = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => field.const === undefined && (only?.includes(name) ?? true) && !except?.includes(name) && applies(field, schema, values),
  )
  const rare = rareOf(schema, all)
  const shown = (names: (name: string) => boolean) => group(all.filter(([name]) => names(name)), schema)
  return { entries: shown((name) => !rare.has(name)), more: shown((name) => rare.has(name)) }
}

function rareOf(schema: Schema, fields: [string, Schema][]): Set<string> {
  if (fields.some(([, field]) => field['x-more'])) return new Set(fields.filter(([, field]) => field['x-more']).map(([name]) => name))
  const optional = fields.filter(([name, field]) => !schema.required?.includes(name) && !field['x-together'] && !field['x-alternative'])
  return new Set(optional.slice(mostOptional).map(([name]) => name))
}

/** applies reports whether a field means something beside the other values; a value that only a run will know may be
 * any. */
function applies(field: Schema, schema: Schema, values: Values): boolean {
  return Object.entries(field['x-when'] ?? {}).every(([name, wanted]) => {
    const value = values[name] ?? schema.properties?.[name]?.default
    return hasReference(value) || wanted.includes(value)
  })
}

function group(fields: [string, Schema][], schema: Schema): Entry[] {
  const entries: Entry[] = []
  const choice: Extract<Entry, { kind: 'choice' }> = { kind: 'choice', alternatives: [] }
  for (const field of fields) {
    const alternative = field[1]['x-alternative']
    if (!alternative) {
      add(entries, field, schema)
      continue
    }
    if (choice.alternatives.length === 0) entries.push(choice)
    let known = choice.alternatives.find(({ name }) => name === alternative.name)
    if (!known) choice.alternatives.push((known = { ...alternative, names: [], entries: [] }))
    known.names.push(field[0])
    add(known.entries, field, schema)
  }
  return entries
}

function add(entries: Entry[], [name, field]: [string, Schema], schema: Schema) {
  const widget = field['x-together']
  const required = schema.required?.includes(name) ?? false
  if (!widget) return void entries.push({ kind: 'field', name, schema: field, required })
  const last = entries.find((entry) => entry.kind === 'together' && entry.widget === widget)
  if (last?.kind === 'together') last.names.push(name)
  else entries.push({ kind: 'together', widget, names: [name], required })
}

/** resolved follows a schema's reference; what is said beside it stays. */
export function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, ...own } = schema
  const target = $ref && root.$defs?.[$ref.replace(/^.*\/\$defs\//, '')]
  return target ? { ...target, ...own } : schema
}

/** with is an object with a field changed; a value that says nothing takes the field away. */
export function withField(values: Values, name: string, value: unknown): Values {
  const { [name]: _, ...others } = values
  if (value === undefined || value === '') return others
  return name in values ? { ...values, [name]: value } : { ...others, [name]: value }
}

/** without is an object without some of its fields. */
export const without = (values: Values, names: readonly string[]): Values => Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** chosen is the alternative that has values, or the first. */
export const chosen = (alternatives: Alternative[], values: Values): string =>
  (alternatives.find(({ names }) => names.some((name) => values[name] !== undefined)) ?? alternatives[0])?.name ?? ''

/** namesOf lists the fields of an entry. */
export function namesOf(entry: Entry): string[] {
  if (entry.kind === 'field') return [entry.name]
  return entry.kind === 'together' ? entry.names : entry.alternatives.flatMap(({ names }) => names)
}
