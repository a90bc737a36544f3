import type { Field } from '@/api/collections'
import { parse, write, type Json } from '@/components/json/lossless'

import { compact, textOf } from './cell'
import { isMany, isNumeric, isTextual, ownFields } from './types'

/** One comparison of a field; its values as they were typed. */
export interface Condition {
  field: string
  op: string
  values: string[]
}

/** Conditions of which all hold, or any. */
export interface Group {
  join: 'all' | 'any'
  items: (Condition | Group)[]
}

export const isGroup = (item: Condition | Group): item is Group => 'items' in item

/** How many values an operator compares with. */
export const operands = (op: string): 'none' | 'one' | 'list' =>
  ['empty', 'notEmpty', 'isTrue', 'isFalse'].includes(op) ? 'none' : op === 'in' || op === 'notIn' ? 'list' : 'one'

const order = ['gt', 'gte', 'lt', 'lte']
const presence = ['empty', 'notEmpty']

/** operatorsOf are those that make sense for a field. */
export function operatorsOf(field: Field): string[] {
  if (field.type === 'boolean') return ['isTrue', 'isFalse', ...presence]
  if (field.type === 'json' || field.type === 'file') return presence
  const equality = ['equals', 'notEquals', 'in', 'notIn']
  if (field.type === 'relation' || field.type === 'select' || field.type === 'uuid') return [...equality, ...presence]
  if (isTextual(field)) return ['contains', 'equals', 'notEquals', 'startsWith', 'endsWith', 'notContains', 'matches', 'in', 'notIn', ...presence]
  return ['equals', 'notEquals', ...order, 'in', 'notIn', ...presence]
}

/** filterable are the fields that can be compared. */
export const filterable = (fields: readonly Field[]) => [...fields.filter((field) => !isMany(field)), ...ownFields]

/** isComplete reports whether a condition says what to compare with. */
export const isComplete = ({ field, op, values }: Condition) => field !== '' && (operands(op) === 'none' || values.some((value) => value !== ''))

/** filterText spells a filter as the API takes it; "" is none. What is not complete is left out. */
export function filterText(group: Group, fields: readonly Field[]): string {
  const json = groupJson(group, new Map(filterable(fields).map((field) => [field.name, field])))
  return json ? line(json) : ''
}

// One line: it stands in the URL.
function line(json: Json): string {
  if (json.type === 'object') return `{${json.members.map(([name, value]) => `${JSON.stringify(name)}:${line(value)}`).join(',')}}`
  if (json.type === 'array') return `[${json.items.map(line).join(',')}]`
  return write(json)
}

const text = (value: string): Json => ({ type: 'string', value })

function groupJson({ join, items }: Group, fields: Map<string, Field>): Json | null {
  const parts = items.flatMap((item) => (isGroup(item) ? groupJson(item, fields) : conditionJson(item, fields)) ?? [])
  return parts.length > 0 ? { type: 'object', members: [[join, { type: 'array', items: parts }]] } : null
}

function conditionJson(condition: Condition, fields: Map<string, Field>): Json | null {
  if (!isComplete(condition)) return null
  const { field, op, values } = condition
  const members: [string, Json][] = [['field', text(field)], ['op', text(op)]]
  const known = fields.get(field)
  const spelled = values.filter((value) => value !== '').map((value) => operand(value, known))
  if (operands(op) === 'list') members.push(['value', { type: 'array', items: spelled }])
  else if (operands(op) === 'one') members.push(['value', spelled[0] ?? text('')])
  return { type: 'object', members }
}

// A number keeps its digits; what is none is left for the server to refuse.
function operand(value: string, field: Field | undefined): Json {
  const exact = field && isNumeric(field) ? parse(value.trim()) : null
  return exact?.type === 'number' ? exact : text(value)
}

/** readFilter reads a filter of the API; null when it says what the builder cannot show. */
export function readFilter(filter: string | undefined): Group | null {
  if (!filter) return { join: 'all', items: [] }
  const item = itemOf(parse(filter))
  if (!item) return null
  return isGroup(item) ? item : { join: 'all', items: [item] }
}

function itemOf(json: Json | null): Condition | Group | null {
  if (json?.type !== 'object') return null
  const members = new Map(json.members)
  const [first] = json.members
  if (json.members.length === 1 && first && (first[0] === 'all' || first[0] === 'any') && first[1].type === 'array') {
    const items = first[1].items.map(itemOf)
    return items.every((item) => item !== null) ? { join: first[0], items } : null
  }
  const [field, op, value] = [members.get('field'), members.get('op'), members.get('value')]
  if (field?.type !== 'string' || op?.type !== 'string' || json.members.some(([name]) => !['field', 'op', 'value'].includes(name))) return null
  const listed = value?.type === 'array'
  if (listed !== (operands(op.value) === 'list') || value?.type === 'object') return null
  return { field: field.value, op: op.value, values: listed ? value.items.map(textOf) : value ? [textOf(value)] : [] }
}

/** conditionsOf counts the conditions of a filter. */
export const conditionsOf = ({ items }: Group): number => items.reduce((sum, item) => sum + (isGroup(item) ? conditionsOf(item) : 1), 0)

/** shortly is a filter that the builder cannot show, in one line. */
export const shortly = (filter: string) => {
  const json = parse(filter)
  return json ? compact(json) : filter.slice(0, 200)
}
