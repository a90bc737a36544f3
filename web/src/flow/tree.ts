import type { FlowDocument, FlowNode, Place } from './document'

/** A node where it stands. */
export interface Found {
  node: FlowNode
  place: Place
  /** The nodes around it, outermost first. */
  parents: FlowNode[]
}

/** walk visits every node in the order in which they run, outer before inner; a visit that answers true ends it. */
export function walk(nodes: FlowNode[], visit: (found: Found) => boolean | void): boolean {
  return walkFrom(nodes, [], [], visit)
}

function walkFrom(nodes: FlowNode[], branch: Place['branch'], parents: FlowNode[], visit: (found: Found) => boolean | void): boolean {
  return nodes.some((node, index) => {
    if (visit({ node, place: { branch, index }, parents })) return true
    const below = [...parents, node]
    return Object.entries(node.branches ?? {}).some(([name, inner]) =>
      walkFrom(inner, [...branch, [node.key, name]], below, visit),
    )
  })
}

/** find looks a node up by its key. */
export function find(document: FlowDocument, key: string): Found | undefined {
  let found: Found | undefined
  walk(document.nodes, (one) => {
    if (one.node.key === key) found = one
    return found !== undefined
  })
  return found
}

/** allNodes lists every node, outer before inner. */
export function allNodes(nodes: FlowNode[]): FlowNode[] {
  const all: FlowNode[] = []
  walk(nodes, ({ node }) => void all.push(node))
  return all
}

/** listAt is the list of nodes that a place is in; an unused branch is an empty one. */
export function listAt(document: FlowDocument, branch: Place['branch']): FlowNode[] {
  return branch.reduce<FlowNode[]>(
    (nodes, [key, name]) => nodes.find((node) => node.key === key)?.branches?.[name] ?? [],
    document.nodes,
  )
}

/** withList replaces the list of a place and shares everything that stays as it is. */
function withList(nodes: FlowNode[], branch: Place['branch'], change: (list: FlowNode[]) => FlowNode[]): FlowNode[] {
  const [first, ...rest] = branch
  if (!first) return change(nodes)
  const [key, name] = first
  return nodes.map((node) =>
    node.key === key ? { ...node, branches: { ...node.branches, [name]: withList(node.branches?.[name] ?? [], rest, change) } } : node,
  )
}

/** insert puts nodes at a place. */
export function insert(document: FlowDocument, place: Place, ...nodes: FlowNode[]): FlowDocument {
  return { ...document, nodes: withList(document.nodes, place.branch, (list) => list.toSpliced(place.index, 0, ...nodes)) }
}

/** remove takes a node away with all that is under it. */
export function remove(document: FlowDocument, key: string): FlowDocument {
  const found = find(document, key)
  if (!found) return document
  const { branch, index } = found.place
  return { ...document, nodes: withList(document.nodes, branch, (list) => list.toSpliced(index, 1)) }
}

/** update replaces one node, which keeps its place. */
export function update(document: FlowDocument, key: string, change: (node: FlowNode) => FlowNode): FlowDocument {
  const found = find(document, key)
  if (!found) return document
  const changed = change(found.node)
  if (changed === found.node) return document
  return { ...document, nodes: withList(document.nodes, found.place.branch, (list) => list.with(found.place.index, changed)) }
}

/** replaceConfig sets what a node is configured with. */
export const replaceConfig = (document: FlowDocument, key: string, config: Record<string, unknown>) =>
  update(document, key, (node) => ({ ...node, config }))

/** canMove reports whether a node may go to a place: anywhere but into itself. */
export const canMove = (key: string, to: Place) => to.branch.every(([parent]) => parent !== key)

/** move takes a node to another place, which is named as the document is before. */
export function move(document: FlowDocument, key: string, to: Place): FlowDocument {
  const found = find(document, key)
  if (!found || !canMove(key, to)) return document
  const { branch, index } = found.place
  const sameList = branch.length === to.branch.length && branch.every(([k, b], i) => to.branch[i]?.[0] === k && to.branch[i]?.[1] === b)
  if (sameList && (to.index === index || to.index === index + 1)) return document
  const target = sameList && to.index > index ? { ...to, index: to.index - 1 } : to
  return insert(remove(document, key), target, found.node)
}

/** neighbour is the place one step up or down of where a node stands, in its list; none at the end of it. */
export function neighbour(document: FlowDocument, key: string, step: -1 | 1): Place | undefined {
  const found = find(document, key)
  if (!found) return undefined
  const { branch, index } = found.place
  const to = step < 0 ? index - 1 : index + 2
  return to < 0 || to > listAt(document, branch).length ? undefined : { branch, index: to }
}

/** after is the place behind a node. */
export function after(document: FlowDocument, key: string): Place | undefined {
  const found = find(document, key)
  return found && { branch: found.place.branch, index: found.place.index + 1 }
}

/** parentsAt are the nodes around a branch, outermost first. */
export function parentsAt(document: FlowDocument, branch: Place['branch']): FlowNode[] {
  return branch.flatMap(([key], depth) => listAt(document, branch.slice(0, depth)).filter((node) => node.key === key))
}
