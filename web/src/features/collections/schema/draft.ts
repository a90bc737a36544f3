import type { Collection, Field, SchemaStep } from '@/api/collections'

import { textOf, valueOf } from '../cell'
import { isIndexable, isMany, namePattern } from '../types'

/** A field as it is edited: its default as it is typed. */
export interface DraftField extends Omit<Field, 'default'> {
  /** Tells the row apart while it is edited. */
  key: string
  fallback: string
  /** It is to be deleted with what it holds. */
  removed?: boolean
  /** Of a new relation: the name of the field in the other table that stands for the way back. */
  pair?: string
}

let made = 0

/** blankField is a new row. */
export const blankField = (name = ''): DraftField => ({ key: `new-${++made}`, name, type: 'string', fallback: '' })

/** draftOf is a table's field as it can be edited. */
export const draftOf = ({ default: fallback, ...field }: Field): DraftField => ({ ...field, key: field.id ?? field.name, fallback: textOf(fallback) })

/** keptOf are the fields that stay, in their order: pointers of the server count these. */
export const keptOf = (fields: DraftField[]) => fields.filter(({ removed }) => !removed)

/** problemsOf says, by key of the row, what is wrong before the server is asked: a key below collections:schema.wrong. */
export function problemsOf(fields: DraftField[]): Record<string, string> {
  const problems: Record<string, string> = {}
  const seen = new Set<string>()
  for (const field of keptOf(fields)) {
    const name = field.name.toLowerCase()
    if (!namePattern.test(field.name)) problems[field.key] = 'name'
    else if (['id', 'createdat', 'updatedat'].includes(name)) problems[field.key] = 'reserved'
    else if (seen.has(name)) problems[field.key] = 'twice'
    else if (field.type === 'select' && !field.options?.choices?.length) problems[field.key] = 'choices'
    else if (field.type === 'relation' && !field.options?.collection) problems[field.key] = 'collection'
    else if (isMany(field) && !field.options?.field) problems[field.key] = 'field'
    else if (typeof valueOf(field.fallback, { ...field, default: undefined, required: false }) === 'string') problems[field.key] = 'fallback'
    seen.add(name)
  }
  return problems
}

/** fieldOf is a row as it is sent: settings of other types are left out. */
export function fieldOf({ id, name, title, type, required, unique, index, options = {}, fallback }: DraftField): Field {
  const field: Field = { ...(id && { id }), name, type, ...(title && { title }) }
  const many = isMany({ type, options })
  if (!many) Object.assign(field, required && { required }, isIndexable({ name, type, options }) && { ...(unique && { unique }), ...(index && !unique && { index }) })
  const value = many || fallback === '' ? undefined : valueOf(fallback, { name, type, options })
  if (value && typeof value !== 'string' && value.type !== 'null') field.default = value
  const kept = optionsFor(type, options)
  return Object.keys(kept).length > 0 ? { ...field, options: kept } : field
}

function optionsFor(type: string, { choices, maxLength, collection, kind, field, onDelete }: NonNullable<Field['options']>) {
  if (type === 'select') return { choices }
  if (type === 'string') return maxLength ? { maxLength } : {}
  if (type !== 'relation') return {}
  return kind === 'many' ? { collection, kind, field } : { collection, ...(onDelete && { onDelete }) }
}

/** collectionFrom is a table of rows. */
export const collectionFrom = (name: string, title: string, fields: DraftField[]): Collection => ({ name, title: title.trim(), fields: keptOf(fields).map(fieldOf) })

/** moved is a list with one item moved by some places. */
export function shifted<T>(items: T[], from: number, by: number): T[] {
  const to = Math.max(0, Math.min(items.length - 1, from + by))
  const rest = items.toSpliced(from, 1)
  return rest.toSpliced(to, 0, ...items.slice(from, from + 1))
}

/** loses are the steps that destroy what records hold. */
export const loses = (changes: readonly SchemaStep[]) => changes.filter(({ action, records }) => action === 'drop' && records > 0)

/** rowProblems brings what the server has against fields to their rows; what concerns none is left. */
export function rowProblems(errors: readonly { pointer?: string; detail: string }[], fields: DraftField[]) {
  const kept = keptOf(fields)
  const rows: Record<string, string> = {}
  const others: string[] = []
  for (const { pointer = '', detail } of errors) {
    const [, index] = /^\/fields\/(\d+)/.exec(pointer) ?? []
    const row = index === undefined ? undefined : kept[Number(index)]
    if (row) rows[row.key] = detail
    else others.push([pointer.slice(1), detail].filter(Boolean).join(' '))
  }
  return { rows, others }
}
