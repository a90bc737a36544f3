import type { FlowDocument, FlowNode } from './document'
import { allNodes, update, walk } from './tree'

/** What the server takes as the key of a node. */
export const keyPattern = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/

/** freshKey is a key that no node has yet: the wanted one, or one with the next free number. */
export function freshKey(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^[^A-Za-z_]+/, '') || 'node'
  if (!taken.has(base)) return base
  const stem = base.replace(/_?\d+$/, '').slice(0, 58) || 'node'
  let n = 2
  while (taken.has(`${stem}_${n}`)) n++
  return `${stem}_${n}`
}

/** keysOf are the keys that a document's nodes have. */
export const keysOf = (document: FlowDocument) => new Set(allNodes(document.nodes).map((node) => node.key))

/** What reads a node: its result, or what it gives to the nodes in it. */
const references = /(\$(?:steps|scopes|jobsMapByNodeKey))(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\["([^"\]]+)"\])/g

/** renamed replaces the keys that texts read, wherever in a value they are. */
export function renamed<T>(value: T, names: ReadonlyMap<string, string>): T {
  return deep(value, (text) =>
    text.replace(references, (all, root: string, plain: string | undefined, quoted: string | undefined) => {
      const next = names.get(plain ?? quoted ?? '')
      return next === undefined ? all : `${root}.${next}`
    }),
  ) as T
}

function deep(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return kept(value, value.map((item) => deep(item, change)))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const changed = entries.map(([name, inner]) => [name, deep(inner, change)] as const)
  return changed.every(([, inner], i) => inner === entries[i]?.[1]) ? value : Object.fromEntries(changed)
}

const kept = (before: unknown[], after: unknown[]) => (after.every((item, i) => item === before[i]) ? before : after)

/** rename gives a node another key and changes everything that reads it. */
export function rename(document: FlowDocument, from: string, to: string): FlowDocument {
  const names = new Map([[from, to]])
  const moved = update(document, from, (node) => ({ ...node, key: to }))
  return { ...moved, nodes: moved.nodes.map((node) => withReferences(node, names)) }
}

function withReferences(node: FlowNode, names: ReadonlyMap<string, string>): FlowNode {
  const branches = node.branches && Object.fromEntries(Object.entries(node.branches).map(([name, list]) => [name, list.map((inner) => withReferences(inner, names))]))
  const config = renamed(node.config, names)
  if (config === node.config && !branches) return node
  return { ...node, ...(config && { config }), ...(branches && { branches }) }
}

/** copy is a node with everything under it and keys of its own; what reads one another inside reads the copy. */
export function copy(node: FlowNode, taken: ReadonlySet<string>): FlowNode {
  const all = new Set(taken)
  const names = new Map<string, string>()
  for (const { key } of allNodes([node])) {
    const fresh = freshKey(key, all)
    all.add(fresh)
    names.set(key, fresh)
  }
  const rekeyed = (one: FlowNode): FlowNode => ({
    ...one,
    key: names.get(one.key) ?? one.key,
    ...(one.branches && { branches: Object.fromEntries(Object.entries(one.branches).map(([name, list]) => [name, list.map(rekeyed)])) }),
  })
  return withReferences(rekeyed(node), names)
}

/** referencesIn lists the keys that a value's texts read, with where they do. */
export function referencesIn(value: unknown, pointer = ''): { root: string; key: string; pointer: string }[] {
  if (typeof value === 'string') {
    if (!value.includes('$')) return []
    return [...value.matchAll(references)].map((match) => ({ root: match[1] ?? '', key: match[2] ?? match[3] ?? '', pointer }))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => referencesIn(inner, `${pointer}/${escaped(name)}`))
}

/** escaped writes a name as a part of a JSON pointer. */
export const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** readersOf lists the nodes outside of a node that read it or what is in it. */
export function readersOf(document: FlowDocument, node: FlowNode): FlowNode[] {
  const inside = new Set(allNodes([node]).map((one) => one.key))
  const readers: FlowNode[] = []
  walk(document.nodes, ({ node: one }) => {
    if (!inside.has(one.key) && referencesIn(one.config).some(({ key }) => inside.has(key))) readers.push(one)
  })
  return readers
}
