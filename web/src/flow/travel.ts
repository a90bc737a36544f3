import type { NodeTypes } from '@/api/catalogue'

import { branchesOf } from './branches'
import type { FlowDocument, FlowNode } from './document'
import { find, listAt, type Found } from './tree'

/** The trigger, where a node's key is expected. */
export const trigger = '$trigger'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** travel is the card that an arrow key leads to: down and up follow the flow, left and right go to the next branch. */
export function travel(document: FlowDocument, types: NodeTypes | undefined, from: string, direction: Direction): string {
  if (from === trigger) return direction === 'down' ? (document.nodes[0]?.key ?? trigger) : trigger
  const found = find(document, from)
  if (!found) return trigger
  const names = (node: FlowNode) => branchesOf(node, types).map(({ name }) => name)
  switch (direction) {
    case 'down':
      return firstInside(found.node, names(found.node)) ?? below(document, found) ?? from
    case 'up':
      return above(document, found)
    case 'left':
      return beside(found, names, -1) ?? from
    case 'right':
      return beside(found, names, 1) ?? from
  }
}

const firstInside = (node: FlowNode, branches: string[]) => branches.map((name) => node.branches?.[name]?.[0]?.key).find((key) => key !== undefined)

/** below is the next node of the list, or the one behind the node around it. */
function below(document: FlowDocument, { place, parents }: Found): string | undefined {
  for (let depth = parents.length; depth >= 0; depth--) {
    const list = listAt(document, place.branch.slice(0, depth))
    const here = depth === parents.length ? place.index : list.findIndex((node) => node.key === parents[depth]?.key)
    const next = list[here + 1]
    if (next) return next.key
  }
  return undefined
}

function above(document: FlowDocument, { place, parents }: Found): string {
  const before = listAt(document, place.branch)[place.index - 1]
  return before?.key ?? parents.at(-1)?.key ?? trigger
}

/** beside is the first node of the nearest branch beside, of the nearest node around that has one. */
function beside({ node, place, parents }: Found, names: (node: FlowNode) => string[], step: -1 | 1): string | undefined {
  for (let depth = parents.length - 1; depth >= 0; depth--) {
    const parent = parents[depth]
    if (!parent) continue
    const all = names(parent)
    const here = all.indexOf(place.branch[depth]?.[1] ?? '')
    const others = step > 0 ? all.slice(here + 1) : all.slice(0, here).toReversed()
    const key = firstInside(parent, others)
    if (key) return key
  }
  const own = names(node)
  return firstInside(node, step > 0 ? own.toReversed() : own)
}
