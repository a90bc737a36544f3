import { create, type Delta } from 'jsondiffpatch'

/** One thing that differs between two values. */
export interface Change {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** Names and indexes that lead to it: in the value after, or in the one before for what was removed. */
  path: string[]
  before?: unknown
  after?: unknown
  /** Of what moved in a list: its index before. */
  from?: number
}

// Items of lists are told apart by what usually names them, so that one that was put in front changes no other.
const differ = create({ objectHash: nameOf, arrays: { detectMove: true, includeValueOnMove: true }, omitRemovedValues: false })

function nameOf(item: object, index?: number): string {
  const { id, key, name } = item as { id?: unknown; key?: unknown; name?: unknown }
  const named = id ?? key ?? name
  return named === undefined ? `#${index}` : JSON.stringify(named)
}

/** changes lists what differs, in the order of the value after; nothing when the two say the same. */
export function changes(before: unknown, after: unknown): Change[] {
  if (before === undefined || after === undefined) return before === after ? [] : [before === undefined ? { kind: 'added', path: [], after } : { kind: 'removed', path: [], before }]
  return ofDelta(differ.diff(before, after), [])
}

function ofDelta(delta: Delta, path: string[]): Change[] {
  if (delta === undefined) return []
  if (Array.isArray(delta)) return [ofLeaf(delta, path)]
  const { _t: mark } = delta as { _t?: unknown }
  const isList = mark === 'a'
  return Object.entries(delta)
    .filter(([name]) => !isList || name !== '_t')
    .map(([name, inner]) => ({ name: isList ? name.replace(/^_/, '') : name, inner: inner as Delta }))
    .toSorted((a, b) => (isList ? Number(a.name) - Number(b.name) : 0))
    .flatMap(({ name, inner }) => ofDelta(inner, [...path, name]))
}

function ofLeaf(delta: unknown[], path: string[]): Change {
  if (delta.length === 1) return { kind: 'added', path, after: delta[0] }
  if (delta.length === 2) return { kind: 'changed', path, before: delta[0], after: delta[1] }
  if (delta[2] === 3) return { kind: 'moved', path: [...path.slice(0, -1), String(delta[1])], after: delta[0], from: Number(path.at(-1)) }
  return { kind: 'removed', path, before: delta[0] }
}
