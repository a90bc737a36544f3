import type { NodeType } from '@/api/catalogue'
import type { FlowDocument, FlowNode, Place } from '@/flow/document'
import { copy, freshKey, keysOf, rename } from '@/flow/keys'
import { after, find, insert, move, neighbour, remove, update } from '@/flow/tree'
import { without } from '@/flow/without'

import { edit, focusOn, select, show, useEditor } from './store'

const current = () => useEditor.getState().history.present

/** create puts a new node of a type at a place and opens it. */
export function create(type: NodeType, place: Place) {
  const key = freshKey(type.type, keysOf(current()))
  // A node of free branches is nothing without some.
  const branches = type.any ? { branch_1: [], branch_2: [] } : undefined
  const node: FlowNode = { key, type: type.type, config: {}, ...(branches && { branches }) }
  edit((document) => insert(document, place, node), 'add')
  remember(type.type)
  show(key)
}

/** drop takes a node away, and leaves the focus on what is before it. */
export function drop(key: string, neighbourKey: string) {
  edit((document) => remove(document, key), 'delete')
  if (useEditor.getState().selected === key) select(null)
  focusOn(neighbourKey)
}

/** shift moves a node up or down in its list. */
export function shift(key: string, step: -1 | 1) {
  const place = neighbour(current(), key, step)
  if (place) moveTo(key, place)
}

/** moveTo takes a node to another place. */
export function moveTo(key: string, place: Place) {
  edit((document) => move(document, key, place), 'move')
  focusOn(key)
}

/** duplicate puts a copy of a node behind it. */
export function duplicate(key: string) {
  const found = find(current(), key)
  if (found) paste([found.node], { ...found.place, index: found.place.index + 1 })
}

/** paste puts copies of nodes at a place, with keys of their own. */
export function paste(nodes: FlowNode[], place: Place) {
  const taken = keysOf(current())
  const copies = nodes.map((node) => {
    const one = copy(node, taken)
    for (const key of keysOf({ ...current(), nodes: [one] })) taken.add(key)
    return one
  })
  edit((document) => insert(document, place, ...copies), 'paste')
  const [first] = copies
  if (first) show(first.key)
}

/** behindSelected is where a paste goes that names no place: behind the selected node, or at the end. */
export function behindSelected(): Place {
  const { selected } = useEditor.getState()
  return (selected && after(current(), selected)) || { branch: [], index: selected ? 0 : current().nodes.length }
}

/** toggleDisabled has a node be skipped, or run again. */
export const toggleDisabled = (key: string) => change(key, (node) => (node.disabled ? without(node, 'disabled') : { ...node, disabled: true }), 'disable')

/** change replaces what a node is, but not its key. */
export const change = (key: string, how: (node: FlowNode) => FlowNode, name = 'edit', thing = '') => edit((document) => update(document, key, how), name, thing && `${key}.${thing}`)

/** rekey gives a node another key. */
export function rekey(from: string, to: string) {
  edit((document) => rename(document, from, to), 'rename')
  useEditor.setState(({ selected, pins: { [from]: pinned, ...pins } }) => ({ selected: selected === from ? to : selected, pins: pinned === undefined ? pins : { ...pins, [to]: pinned } }))
}

/** changeDocument changes what belongs to the workflow and to no node. */
export const changeDocument = (how: (document: FlowDocument) => FlowDocument, thing: string) => edit(how, 'settings', thing)

/** renameBranch gives a free branch another name; the order stays. */
export const renameBranch = (key: string, from: string, to: string) =>
  change(key, (node) => ({ ...node, branches: Object.fromEntries(Object.entries(node.branches ?? {}).map(([name, list]) => [name === from ? to : name, list])) }), 'rename')

/** addBranch adds an empty branch to a node of free branches. */
export const addBranch = (key: string) =>
  change(key, (node) => ({ ...node, branches: { ...node.branches, [freshKey('branch_1', new Set(Object.keys(node.branches ?? {})))]: [] } }), 'add')

/** dropBranch takes a branch away with all that is in it. */
export const dropBranch = (key: string, name: string) =>
  change(key, (node) => ({ ...node, branches: without(node.branches ?? {}, name) }), 'delete')

const recentKey = 'hookflow.recent-nodes'

/** recent are the types of the nodes added last. */
export const recent = (): string[] => (localStorage.getItem(recentKey) ?? '').split(',').filter(Boolean)

const remember = (type: string) => localStorage.setItem(recentKey, [type, ...recent().filter((one) => one !== type)].slice(0, 5).join())
