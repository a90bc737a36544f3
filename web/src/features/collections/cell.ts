import type { Field } from '@/api/collections'
import { parse, write, type Json } from '@/components/json/lossless'

import { isNumeric } from './types'

/** A file as a record holds it. */
export interface HeldFile {
  id: string
  filename: string
  contentType: string
  size: number
}

/** textOf is what a field shows in one line, and what its editor begins with; "" is no value. */
export function textOf(json: Json | undefined): string {
  if (!json || json.type === 'null') return ''
  if (json.type === 'string') return json.value
  if (json.type === 'number') return json.text
  if (json.type === 'boolean') return String(json.value)
  return write(json)
}

/** compact is a value in one line of at most so many characters: a large one is not written out whole. */
export function compact(json: Json, most = 200): string {
  let left = most
  const spend = (text: string) => {
    left -= text.length
    return text
  }
  const inner = (value: Json): string => {
    if (left <= 0) return ''
    switch (value.type) {
      case 'object':
        return `{${list(value.members, ([name, member]) => spend(JSON.stringify(name.slice(0, most))) + ': ' + inner(member))}}`
      case 'array':
        return `[${list(value.items, inner)}]`
      case 'string':
        return spend(JSON.stringify(value.value.slice(0, most)))
      default:
        return spend(textOf(value) || 'null')
    }
  }
  const list = <T>(items: T[], one: (item: T) => string) => {
    const parts: string[] = []
    for (const item of items) {
      if (left <= 0) break
      parts.push(one(item))
    }
    if (parts.length < items.length) parts.push('…')
    return parts.join(', ')
  }
  return inner(json)
}

/** Why a text is no value of a field: a key of the texts below collections:wrong. */
export type Wrong = 'number' | 'whole' | 'range' | 'safe' | 'date' | 'datetime' | 'email' | 'url' | 'uuid' | 'json' | 'required' | 'long'

const nothing: Json = { type: 'null' }
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const whole = /^-?(?:0|[1-9]\d*)$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const defaultLength = 255

/** valueOf reads what was typed into a field; the server checks again, and more. Nothing typed is no value. */
export function valueOf(text: string, field: Field): Json | Wrong {
  const trimmed = ['text', 'string', 'json'].includes(field.type) ? text : text.trim()
  if (trimmed.trim() === '' && (trimmed === '' || !['text', 'string'].includes(field.type))) return field.required ? 'required' : nothing
  if (isNumeric(field)) return numberOf(trimmed, field.type)
  if (field.type === 'json' || field.type === 'file') return parse(trimmed) ?? 'json'
  if (field.type === 'boolean') return { type: 'boolean', value: trimmed === 'true' }
  return wrongText(trimmed, field) ?? { type: 'string', value: trimmed }
}

function numberOf(text: string, type: string): Json | Wrong {
  const plain = text.replace(/^\+/, '')
  if (!number.test(plain)) return 'number'
  if (type === 'integer' || type === 'bigint') {
    if (!whole.test(plain)) return 'whole'
    const n = BigInt(plain)
    if (BigInt.asIntN(64, n) !== n) return 'range'
    if (type === 'integer' && !Number.isSafeInteger(Number(n))) return 'safe'
  }
  return { type: 'number', text: plain }
}

function wrongText(text: string, { type, options }: Field): Wrong | undefined {
  switch (type) {
    case 'string':
      return [...text].length > (options?.maxLength || defaultLength) ? 'long' : undefined
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'date'
    case 'datetime':
      return Number.isNaN(Date.parse(text)) ? 'datetime' : undefined
    case 'email':
      return /^[^\s@<>]+@[^\s@<>]+$/.test(text) ? undefined : 'email'
    case 'url':
      return isWeb(text) ? undefined : 'url'
    case 'uuid':
      return uuid.test(text) ? undefined : 'uuid'
    default:
      return undefined
  }
}

/** isWeb reports whether a text is an address that a link may lead to. */
export function isWeb(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol)
  } catch {
    return false
  }
}

/** localOf is a moment as an input of local time has it, to the millisecond if it has some. */
export function localOf(moment: string): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return ''
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1)
  return local.replace(/\.000$/, '')
}

/** momentOf is the moment that an input of local time shows, in UTC. */
export function momentOf(local: string): string {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z')
}

/** fileOf is the file that a field holds. */
export function fileOf(json: Json | undefined): HeldFile | null {
  if (json?.type !== 'object') return null
  const held = new Map(json.members)
  const id = textOf(held.get('id'))
  return id ? { id, filename: textOf(held.get('filename')), contentType: textOf(held.get('contentType')), size: Number(textOf(held.get('size'))) || 0 } : null
}

/** idOf is the record that a relation leads to: its id, or the record itself as a query has loaded it. */
export function idOf(json: Json | undefined): string {
  return json?.type === 'object' ? textOf(new Map(json.members).get('id')) : textOf(json)
}

/** same reports whether two values are spelled alike. */
export const same = (a: Json | undefined, b: Json | undefined) => write(a ?? nothing) === write(b ?? nothing)
