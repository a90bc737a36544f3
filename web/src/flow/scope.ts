import type { NodeType, NodeTypes } from '@/api/catalogue'

import { typeOf } from './branches'
import type { FlowDocument, FlowNode, Place } from './document'
import { allNodes, find, listAt, type Found } from './tree'

/** A node whose result can be read, and how. */
export interface Upstream {
  node: FlowNode
  /** As it is written between {{ and }}. */
  path: string
}

/** upstream lists the nodes that may have run before one does, in their order: those before it, and those before
 * the nodes around it, with everything in them. A node in a branch that was not taken has the result null. */
export function upstream(document: FlowDocument, nodeKey: string): Upstream[] {
  const found = find(document, nodeKey)
  if (!found) return []
  const { branch, index } = found.place
  const before = branch.flatMap(([parent], depth) => {
    const list = listAt(document, branch.slice(0, depth))
    return list.slice(0, list.findIndex((node) => node.key === parent))
  })
  const own = listAt(document, branch).slice(0, index)
  return allNodes([...before, ...own]).map((node) => ({ node, path: `$steps.${node.key}` }))
}

/** loopsAround lists the loops that a node stands in, outermost first. */
export function loopsAround(document: FlowDocument, nodeKey: string): FlowNode[] {
  return scopesAround(document, nodeKey).filter(([, branch]) => branch === 'body').map(([node]) => node)
}

/** scopesAround lists the nodes whose $scopes a node can read, with the branch of them that it stands in: loops in
 * their body, and any node whose error branch it is in. */
export function scopesAround(document: FlowDocument, nodeKey: string): [node: FlowNode, branch: string][] {
  const found = find(document, nodeKey)
  return found ? scopesOf(found) : []
}

/** scopesOf is scopesAround of a node that has been found. */
export function scopesOf({ parents, place }: Found): [node: FlowNode, branch: string][] {
  return parents.flatMap((node, depth): [FlowNode, string][] => {
    const branch = place.branch[depth]?.[1] ?? ''
    return branch === 'body' || branch === 'error' ? [[node, branch]] : []
  })
}

/** inTransaction reports whether a place is in a branch that is one database transaction. */
export function inTransaction(parents: FlowNode[], branch: Place['branch'], types: NodeTypes): boolean {
  return parents.some((parent, depth) => {
    const atomic = typeOf(types, parent.type)?.atomic
    return atomic !== undefined && atomic !== '' && branch[depth]?.[1] === atomic
  })
}

/** mayJoin reports whether a transaction takes a node of a type: nothing that waits or reaches outside. */
export const mayJoin = (type: NodeType) => type.effect !== 'external' && !type.rests && type.atomic === ''
