import type { NodeTypes, Schema } from '@/api/catalogue'

import { branchesOf, typeOf } from './branches'
import type { FlowDocument, FlowNode } from './document'
import { escaped, keyPattern, referencesIn } from './keys'
import { inTransaction, mayJoin, scopesOf } from './scope'
import { walk, type Found } from './tree'

/** Something that keeps a workflow from working, or may. */
export interface FlowProblem {
  /** Key of the node; "" for the trigger and the workflow itself. */
  node: string
  /** Below the node's config, or /key, /type … of the node itself. */
  pointer: string
  /** What is wrong: the text is editor:problem.<code>, with values in it. */
  code: string
  values: Record<string, string>
  level: 'error' | 'warning'
}

/** validate finds what can be told without the server, which has the last word when a workflow is published. */
export function validate(document: FlowDocument, types: NodeTypes | undefined): FlowProblem[] {
  if (!types) return []
  const keys = new Map<string, number>()
  walk(document.nodes, ({ node }) => void keys.set(node.key, (keys.get(node.key) ?? 0) + 1))
  const problems: FlowProblem[] = []
  visit(document.nodes, new Set(), (found, ran) => problems.push(...ofNode(document, found, types, keys, ran)), [], [])
  return problems
}

/** visit goes through the nodes with the set of those that may have run before each. */
function visit(nodes: FlowNode[], ran: Set<string>, check: (found: Found, ran: ReadonlySet<string>) => void, branch: Found['place']['branch'], parents: FlowNode[]) {
  nodes.forEach((node, index) => {
    check({ node, place: { branch, index }, parents }, ran)
    const before = node.branches ? [...ran] : []
    const inside = new Set<string>()
    for (const [name, list] of Object.entries(node.branches ?? {})) {
      const own = new Set(before)
      visit(list, own, check, [...branch, [node.key, name]], [...parents, node])
      for (const key of own) inside.add(key)
    }
    for (const key of inside) ran.add(key)
    ran.add(node.key)
  })
}

function ofNode(document: FlowDocument, found: Found, types: NodeTypes, keys: ReadonlyMap<string, number>, ran: ReadonlySet<string>): FlowProblem[] {
  const { node } = found
  const type = typeOf(types, node.type)
  const problem = (pointer: string, code: string, values: Record<string, string> = {}, level: FlowProblem['level'] = 'error'): FlowProblem => ({ node: node.key, pointer, code, values, level })
  const problems: FlowProblem[] = []
  if (!keyPattern.test(node.key)) problems.push(problem('/key', 'badKey', { key: node.key }))
  else if ((keys.get(node.key) ?? 0) > 1) problems.push(problem('/key', 'duplicateKey', { key: node.key }))
  if (!type) return [...problems, problem('/type', 'unknownType', { type: node.type })]
  if (node.disabled) return problems
  problems.push(...missing(type.schema, type.schema, node.config ?? {}, '').map(({ pointer, name }) => problem(pointer, 'required', { field: name, type: node.type })))
  problems.push(...ofReferences(found, keys, ran).map(({ pointer, code, values }) => problem(pointer, code, values, 'warning')))
  problems.push(...ofBranches(node, types).map((name) => problem('/branches', 'unusedBranch', { branch: name })))
  if (inTransaction(found.parents, found.place.branch, types) && !mayJoin(type)) problems.push(problem('/type', 'inTransaction'))
  if (type.rests && !type.any && document.trigger.config?.mode === 'sync') problems.push(problem('/type', 'waitsInSync', {}, 'warning'))
  return problems
}

/** ofBranches lists branches with nodes in them that never run, since the config no longer names them. */
function ofBranches(node: FlowNode, types: NodeTypes): string[] {
  const type = typeOf(types, node.type)
  if (!type || type.any) return []
  const { branches, ...without } = node
  const known = new Set(branchesOf(without, types).map(({ name }) => name))
  return Object.entries(branches ?? {}).filter(([name, list]) => list.length > 0 && !known.has(name)).map(([name]) => name)
}

function ofReferences(found: Found, keys: ReadonlyMap<string, number>, ran: ReadonlySet<string>) {
  return referencesIn(found.node.config).flatMap(({ root, key, pointer }) => {
    if (!keys.has(key)) return [{ pointer, code: 'noSuchNode', values: { key } }]
    if (root === '$scopes') {
      const around = scopesOf(found).some(([node]) => node.key === key) || key === found.node.key
      return around ? [] : [{ pointer, code: 'notAround', values: { key } }]
    }
    return ran.has(key) ? [] : [{ pointer, code: 'notBefore', values: { key } }]
  })
}

/** missing lists the required fields that are not filled in, as deep as objects and lists go. */
function missing(root: Schema, schema: Schema, value: unknown, pointer: string): { pointer: string; name: string }[] {
  const at = schema.$ref ? root.$defs?.[schema.$ref.replace('#/$defs/', '')] : schema
  if (!at) return []
  if (Array.isArray(value)) return at.items ? value.flatMap((item, i) => missing(root, at.items ?? {}, item, `${pointer}/${i}`)) : []
  if (typeof value !== 'object' || value === null) return []
  const given = value as Record<string, unknown>
  const own = (at.required ?? []).filter((name) => given[name] === undefined || given[name] === '')
  const below = Object.entries(given).flatMap(([name, inner]) => missing(root, at.properties?.[name] ?? {}, inner, `${pointer}/${escaped(name)}`))
  return [...own.map((name) => ({ pointer: `${pointer}/${escaped(name)}`, name })), ...below]
}

/** locate says which node a pointer into a document is in, with what remains below the node's config. */
export function locate(document: FlowDocument, pointer: string): { node: string; pointer: string } {
  const parts = pointer.split('/').slice(1)
  let nodes: FlowNode[] | undefined
  let node: FlowNode | undefined
  while (parts.length > 0) {
    if (parts[0] === 'nodes' && !node) nodes = document.nodes
    else if (parts[0] === 'branches' && node && parts.length > 2) nodes = node.branches?.[(parts.splice(1, 1)[0] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')]
    else break
    node = nodes?.[Number(parts[1])] ?? node
    parts.splice(0, 2)
  }
  if (node && parts[0] === 'config') parts.shift()
  else if (!node && parts[0] === 'trigger') parts.splice(0, parts[1] === 'config' ? 2 : 1)
  return { node: node?.key ?? '', pointer: parts.map((part) => `/${part}`).join('') }
}
