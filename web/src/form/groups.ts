import type { NodeTypes, Schema } from '@/api/catalogue'
import type { FlowDocument } from '@/flow/document'
import { scopesAround, upstream } from '@/flow/scope'

import { extend, parsePath, valueAt } from './paths'
import type { Variable, VariableGroup } from './variables'

/** What variables are made of. */
export interface VariableSources {
  document: FlowDocument
  /** The node whose config is edited; "" for the trigger. */
  nodeKey: string
  nodeTypes: NodeTypes | undefined
  /** What $context holds in the sample, if there is one. */
  sample?: unknown
  /** Results of a test run by node, and stand-ins for them. */
  results?: Record<string, unknown>
  /** The variables and secrets of the server. */
  env?: { name: string; secret: boolean; value?: string | null }[]
}

/** variableGroups lists what a node's config may name. A title that is "" is the UI's to give, by the group's id. */
export function variableGroups({ document, nodeKey, nodeTypes, sample, results = {}, env = [] }: VariableSources): VariableGroup[] {
  const request: VariableGroup = { id: 'request', title: '', items: document.trigger.type === 'webhook' ? ofRequest(sample) : [plain('$context', '$context', sample)] }
  const secrets: VariableGroup = { id: 'env', title: '', items: env.map(ofEnv) }
  if (nodeKey === '') return [request, secrets].filter(({ items }) => items.length > 0)
  const scopes = scopesAround(document, nodeKey).toReversed().map(([node, branch]): VariableGroup => ({
    id: `scope ${node.key}`,
    title: node.title || node.key,
    items: (branch === 'error' ? ['error', 'result'] : ['item', 'index', 'length']).map((name) => known(extend(extend('$scopes', node.key), name), name, scopeTypes[name] ?? '')),
  }))
  const nodes = upstream(document, nodeKey).toReversed().map(({ node, path }): VariableGroup => ({
    id: `node ${node.key}`,
    title: node.title || node.key,
    items: [ofResult(path, node.key, nodeTypes?.items.find(({ type }) => type === node.type)?.result.schema, results)],
  }))
  const system: VariableGroup = { id: 'system', title: '', items: ['now', 'executionId', 'workflowKey', 'instance'].map((name) => known(`$system.${name}`, name, 'string')) }
  return [...scopes, request, ...nodes, secrets, system].filter(({ items }) => items.length > 0)
}

const scopeTypes: Record<string, string> = { index: 'number', length: 'number', error: 'string' }

// What $context holds of a request: contract, section 2.
const requestFields = { data: '', headers: 'object', query: 'object', params: 'object', method: 'string', path: 'string', url: 'string', ip: 'string', rawBody: 'string', receivedAt: 'string', deliveryId: 'string' }

const ofRequest = (sample: unknown): Variable[] =>
  Object.entries(requestFields).map(([name, type]) => {
    const value = valueAt(sample, [name])
    return value === undefined ? known(`$context.${name}`, name, type) : plain(`$context.${name}`, name, value)
  })

const ofEnv = ({ name, secret, value }: { name: string; secret: boolean; value?: string | null }): Variable =>
  secret ? known(extend('$env', name), name, 'secret') : plain(extend('$env', name), name, value ?? undefined)

function ofResult(path: string, key: string, schema: Schema | undefined, results: Record<string, unknown>): Variable {
  if (Object.hasOwn(results, key)) return plain(path, key, results[key])
  return bySchema(path, key, schema ?? {})
}

function bySchema(path: string, label: string, schema: Schema): Variable {
  const children = Object.entries(schema.properties ?? {}).map(([name, inner]) => bySchema(extend(path, name), name, inner))
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null')
  return { path, label, type: types.length === 1 ? (types[0] ?? '') : '', ...(children.length > 0 && { children }) }
}

const known = (path: string, label: string, type: string): Variable => ({ path, label, type })
const plain = (path: string, label: string, sample: unknown): Variable => ({ path, label, type: typeOf(sample), ...(sample !== undefined && { sample }) })

/** typeOf is the JSON type of a value; "" of none. */
export function typeOf(value: unknown): string {
  if (value === undefined) return ''
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

// A list of thousands shows its first: the others are reached by their index.
const mostChildren = 200

/** childrenOf lists what is inside a variable. Of a list that is its first item, and each member of its items, which
 * stands for the list of all of them. */
export function childrenOf({ path, sample, children = [] }: Variable): Variable[] {
  if (typeof sample !== 'object' || sample === null) return children
  const inside = Object.entries(sample).slice(0, mostChildren).map(([name, value]) => plain(extend(path, name), name, value))
  if (!Array.isArray(sample)) return inside
  const members = new Set(sample.slice(0, mostChildren).flatMap((item) => (typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item) : [])))
  const mapped = [...members].map((name) => ({ ...plain(extend(path, name), name, valueAt(sample, [name])), label: `*.${name}` }))
  return [...mapped, ...inside]
}

/** Something that a variable leads to. */
export interface Finding {
  found: 'value' | 'unknown' | 'unsure'
  variable?: Variable
  value?: unknown
}

/** look finds what a path names: its value in the sample; nothing, when what is known says so; or it may be there. */
export function look(groups: VariableGroup[], path: string): Finding {
  const parsed = parsePath(path.replace(/^\$jobsMapByNodeKey\b/, '$steps'))
  if (!parsed) return { found: 'unknown' }
  if (groups.length === 0) return { found: 'unsure' }
  const variables = groups.flatMap(({ items }) => items)
  for (let length = parsed.steps.length; length >= 0; length--) {
    const start = parsed.steps.slice(0, length).reduce(extend, parsed.root)
    const variable = variables.find((one) => one.path === start)
    if (variable) return inside(variable, parsed.steps.slice(length))
  }
  return { found: parsed.steps.length === 0 && ['$context', '$steps', '$env', '$scopes', '$system'].includes(parsed.root) ? 'unsure' : 'unknown' }
}

function inside(variable: Variable, steps: string[]): Finding {
  if (variable.sample !== undefined) {
    const value = valueAt(variable.sample, steps)
    return value === undefined ? { found: 'unknown', variable } : { found: 'value', variable, value }
  }
  const child = steps.length > 0 ? variable.children?.find(({ path }) => path === extend(variable.path, steps[0] ?? '')) : undefined
  if (child) return inside(child, steps.slice(1))
  return { found: 'unsure', variable }
}
