import type { FlowDocument, FlowNode } from './document'
import { escaped } from './keys'
import { walk } from './tree'
import { without } from './without'

/** A value that is another one now; undefined where there is none. */
export interface FieldChange {
  pointer: string
  before: unknown
  after: unknown
}

/** What changed about one node, or about the rest of the document when node is "". */
export interface Change {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  node: string
  title: string
  type: string
  fields: FieldChange[]
}

/** changes lists what is different between two documents: the document itself, then its nodes in order, then those
 * that are gone. A node is the same one as long as it keeps its key. */
export function changes(before: FlowDocument, after: FlowDocument): Change[] {
  const old = placed(before)
  const now = placed(after)
  const rest = fields(own(before), own(after))
  const order = stayed(old, now)
  const found: Change[] = rest.length > 0 ? [{ kind: 'changed', node: '', title: '', type: '', fields: rest }] : []
  const about = (node: FlowNode) => ({ node: node.key, title: node.title || node.key, type: node.type })
  for (const [key, { node, list }] of now) {
    const was = old.get(key)
    if (!was) {
      found.push({ kind: 'added', ...about(node), fields: fields({}, bare(node)) })
      continue
    }
    const different = fields(bare(was.node), bare(node))
    const moved = was.list !== list || !order.has(key)
    if (different.length > 0 || moved) found.push({ kind: different.length > 0 ? 'changed' : 'moved', ...about(node), fields: different })
  }
  for (const [key, { node }] of old) if (!now.has(key)) found.push({ kind: 'removed', ...about(node), fields: fields(bare(node), {}) })
  return found
}

interface Placed {
  node: FlowNode
  list: string
}

function placed(document: FlowDocument): Map<string, Placed> {
  const all = new Map<string, Placed>()
  walk(document.nodes, ({ node, place }) => void all.set(node.key, { node, list: JSON.stringify(place.branch) }))
  return all
}

/** stayed are the nodes whose order among one another is the same as before: a longest run of them, list by list. */
function stayed(old: Map<string, Placed>, now: Map<string, Placed>): Set<string> {
  const positions = new Map([...old.keys()].map((key, i) => [key, i]))
  const lists = new Map<string, string[]>()
  for (const [key, { list }] of now) if (old.get(key)?.list === list) lists.set(list, [...(lists.get(list) ?? []), key])
  return new Set([...lists.values()].flatMap((keys) => increasing(keys, (key) => positions.get(key) ?? 0)))
}

/** increasing is a longest subsequence of rising rank. */
function increasing(keys: string[], rank: (key: string) => number): string[] {
  const ends: number[] = []
  const previous: number[] = []
  keys.forEach((key, i) => {
    const at = ends.findIndex((end) => rank(keys[end] ?? '') >= rank(key))
    const length = at < 0 ? ends.length : at
    previous[i] = length > 0 ? (ends[length - 1] ?? -1) : -1
    ends[length] = i
  })
  const run: string[] = []
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) run.unshift(keys[i] ?? '')
  return run
}

const own = (document: FlowDocument): Record<string, unknown> => without(document, 'nodes')
const bare = (node: FlowNode): Record<string, unknown> => without(node, 'branches', 'key')

/** fields compares two objects as deep as both have objects. */
function fields(before: Record<string, unknown>, after: Record<string, unknown>, pointer = ''): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [a, b] = [before[name], after[name]]
    const at = `${pointer}/${escaped(name)}`
    if (isObject(a) && isObject(b)) return fields(a, b, at)
    if (isEmpty(a) && isEmpty(b)) return []
    return equal(a, b) ? [] : [{ pointer: at, before: a, after: b }]
  })
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: unknown) => value === undefined || (isObject(value) && Object.keys(value).length === 0)

/** equal compares two values of JSON; the order of an object's members means nothing. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => name in b && equal(a[name], b[name]))
}
