import type { NodeType, Schema } from '@/api/catalogue'

import type { FlowDocument, FlowNode } from './document'

/** One line that says what a node does: a text of its config, or a counted text of ours. */
export type Summary = { text: string } | { key: string; count: number }

const longest = 120

/** summary is the line on a node's card. */
export function summary(node: FlowNode, type: NodeType | undefined): Summary {
  const config = node.config ?? {}
  const text = (value: string): Summary => ({ text: short(value) })
  if (typeof config.url === 'string') return text(`${word(config.method) || word(type?.schema.properties?.method?.default) || ''} ${config.url}`.trim())
  if (Array.isArray(config.cases)) return { key: 'editor:summary.cases', count: config.cases.length }
  const condition = ofCondition(config)
  if (condition) return condition
  if (word(config.collection)) return text(word(config.collection))
  const fields = Object.entries(type?.schema.properties ?? {}).toSorted(([a], [b]) => rank(type, a) - rank(type, b))
  for (const [name, schema] of fields) {
    const value = config[name]
    if (value === undefined || value === '' || value === null) continue
    if (Array.isArray(value)) return { key: 'editor:summary.items', count: value.length }
    if (typeof value === 'object') return text(Object.keys(value).join(', '))
    return text(schema['x-ui'] === 'code' ? firstLine(String(value)) : String(value))
  }
  return { text: '' }
}

const rank = (type: NodeType | undefined, name: string) => (type?.schema.required?.includes(name) ? 0 : 1)
const word = (value: unknown) => (typeof value === 'string' ? value : '')

function ofCondition(config: Record<string, unknown>): Summary | undefined {
  if (typeof config.op === 'string') {
    const right = config.right === undefined ? '' : ` ${typeof config.right === 'string' ? config.right : JSON.stringify(config.right)}`
    return { text: short(`${String(config.left ?? '')} ${signs[config.op] ?? config.op}${right}`) }
  }
  const group = [config.all, config.any].find(Array.isArray)
  return group && { key: 'editor:summary.conditions', count: group.length }
}

const signs: Record<string, string> = { equals: '=', notEquals: '≠', gt: '>', gte: '≥', lt: '<', lte: '≤' }

const firstLine = (code: string) => code.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('//')) ?? ''

/** short writes variables without their braces and cuts what no card can hold. */
function short(text: string): string {
  const plain = text.replace(/\{\{\s*\$(?:context\.)?([^}]*?)\s*\}\}/g, '$1').replace(/\s+/g, ' ')
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain
}

/** triggerSummary is the line on the trigger's card: how it is called, and how the caller proves itself. */
export function triggerSummary(document: FlowDocument): string {
  const { type, config = {} } = document.trigger
  if (type !== 'webhook') return ''
  const methods = Array.isArray(config.methods) && config.methods.length > 0 ? config.methods.join(' ') : 'POST'
  const scheme = (config.verification as { scheme?: unknown } | undefined)?.scheme
  const path = word(config.path) || document.key
  return [`${methods} /${path.replace(/^\//, '')}`, ...(typeof scheme === 'string' && scheme !== 'none' ? [scheme] : []), ...(config.mode === 'sync' ? ['sync'] : [])].join(' · ')
}

/** fieldAt is the schema of a field by the pointer of a problem, as deep as it is known. */
export function fieldAt(schema: Schema | undefined, pointer: string): Schema | undefined {
  let at = schema
  for (const part of pointer.split('/').slice(1)) {
    const next: Schema | undefined = at?.properties?.[part] ?? (/^\d+$/.test(part) ? at?.items : undefined)
    if (!next) return at === schema ? undefined : at
    at = next.$ref ? schema?.$defs?.[next.$ref.replace('#/$defs/', '')] : next
  }
  return at
}
