import type { NodeType, NodeTypes } from '@/api/catalogue'
import type { ServerText } from '@/app/i18n'

import type { FlowNode } from './document'

/** A branch of a node as it is shown. */
export interface BranchView {
  name: string
  title: ServerText
}

const plain = (name: string): BranchView => ({ name, title: { en: name, zh: name } })

/** branchesOf lists the branches of a node in order: those of its type, those that its config names, those that it
 * has, and the one for errors when it is used. */
export function branchesOf(node: FlowNode, types: NodeTypes | undefined): BranchView[] {
  const type = typeOf(types, node.type)
  const named = [...fromConfig(node, type).map(plain), ...ownBranches(node, type)]
  const given = Object.keys(node.branches ?? {}).filter((name) => name !== 'error')
  const known = new Set(named.map(({ name }) => name))
  const others = given.filter((name) => !known.has(name)).map(plain)
  const error = node.onError === 'branch' || node.branches?.error ? (types?.common.branches ?? []).filter(({ name }) => name === 'error') : []
  return [...unique([...named, ...others]), ...error]
}

/** typeOf looks a node type up. */
export const typeOf = (types: NodeTypes | undefined, name: string) => types?.items.find(({ type }) => type === name)

function ownBranches(node: FlowNode, type: NodeType | undefined): BranchView[] {
  // A type with a mode "branch" has its branches in that mode only.
  const mode = type?.schema.properties?.mode
  const without = mode?.enum?.includes('branch') && (node.config?.mode ?? mode.default) !== 'branch'
  return without ? [] : (type?.branches ?? [])
}

/** fromConfig reads the names of branches out of a config, by a pointer such as /cases/{n}/key. */
function fromConfig(node: FlowNode, type: NodeType | undefined): string[] {
  if (!type?.branchesFrom) return []
  const values = type.branchesFrom.slice(1).split('/').reduce<unknown[]>((all, part) => all.flatMap((value) => at(value, part)), [node.config ?? {}])
  return values.filter((value) => value !== '' && value !== undefined).map(String)
}

function at(value: unknown, part: string): unknown[] {
  if (part === '*') return Array.isArray(value) ? value : []
  return typeof value === 'object' && value !== null && part in value ? [(value as Record<string, unknown>)[part]] : []
}

const unique = (views: BranchView[]) => views.filter((view, i) => views.findIndex(({ name }) => name === view.name) === i)

/** isBlock reports whether a node's branches are drawn in a frame: what repeats, runs at once or together. */
export const isBlock = (type: NodeType | undefined) =>
  type !== undefined && (type.any || type.atomic !== '' || type.branches.some(({ name }) => name === 'body'))

/** endsFlow reports whether nothing runs after a node of a type. */
export const endsFlow = (type: string) => type === 'end'
