import type { NodeType, NodeTypes } from '@/api/catalogue'

import type { FlowDocument, FlowNode } from './document'

const text = (en: string) => ({ en, zh: en })

const type = (name: string, more: Partial<NodeType> = {}): NodeType => ({
  type: name, title: text(name), help: text(name), icon: 'braces', family: 'data', effect: 'pure', schema: { type: 'object', properties: {} },
  branches: [], branchesFrom: '', any: false, atomic: '', rests: false, result: { help: text(''), schema: {} }, examples: [], ...more,
})

/** The catalogue as tests need it: one type of each kind. */
export const types: NodeTypes = {
  items: [
    type('set', { schema: { type: 'object', properties: { values: { type: 'object' } } } }),
    type('request', { effect: 'external', family: 'out', schema: { type: 'object', required: ['url'], properties: { method: { type: 'string', default: 'POST' }, url: { type: 'string' } } } }),
    type('condition', { family: 'control', branches: ['true', 'false'].map((name) => ({ name, title: text(name) })), schema: { type: 'object', properties: { mode: { type: 'string', enum: ['branch', 'continue'], default: 'branch' } } } }),
    type('switch', {
      family: 'control', branchesFrom: '/cases/*/key', branches: [{ name: 'otherwise', title: text('otherwise') }],
      schema: { type: 'object', required: ['cases'], properties: { cases: { type: 'array', items: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } } } } },
    }),
    type('loop', { family: 'control', branches: [{ name: 'body', title: text('body') }] }),
    type('parallel', { family: 'control', any: true, rests: true }),
    type('delay', { family: 'control', rests: true }),
    type('transaction', { family: 'control', atomic: 'run', branches: ['run', 'rollback'].map((name) => ({ name, title: text(name) })) }),
    type('end', { family: 'control' }),
  ],
  common: { branches: [{ name: 'error', title: text('error') }], schema: { type: 'object', properties: {} } },
}

/** A node in few words. */
export const node = (key: string, type = 'set', more: Partial<FlowNode> = {}): FlowNode => ({ key, type, ...more })

/** A document of nodes. */
export const flow = (...nodes: FlowNode[]): FlowDocument => ({ kind: 'Workflow', key: 'test', trigger: { type: 'webhook', config: {} }, nodes })

/** A flow with a branch in a branch, an empty branch and a loop. */
export const sample = () =>
  flow(
    node('first', 'request', { config: { url: 'https://example.com' } }),
    node('is_main', 'condition', {
      config: { left: '{{$steps.first.ref}}', op: 'equals', right: 'main' },
      branches: {
        true: [node('kind', 'switch', { config: { cases: [{ key: 'a' }, { key: 'b' }] }, branches: { a: [node('in_a')] } })],
        false: [],
      },
    }),
    node('each', 'loop', { branches: { body: [node('item', 'set', { config: { values: { of: '{{$scopes.each.item}} {{ $steps.first.status }}' } } })] } }),
    node('last', 'set', { config: { values: { a: '{{$steps.item.of}}' } } }),
  )

/** A flow of n nodes, every tenth a condition with nodes in both branches. */
export function large(n: number): FlowDocument {
  const nodes: FlowNode[] = []
  for (let i = 0; i < n; i++) {
    const inner = (branch: string) => [node(`n${i}_${branch}`, 'request', { config: { url: 'https://example.com/{{$context.data.id}}' } })]
    if (i % 10 === 0) nodes.push(node(`n${i}`, 'condition', { config: { left: '{{$context.data.a}}', op: 'equals', right: 1 }, branches: { true: inner('t'), false: inner('f') } }))
    else nodes.push(node(`n${i}`, i % 3 ? 'set' : 'request', { config: i % 3 ? { values: { x: i } } : { url: 'https://example.com' } }))
  }
  return flow(...nodes)
}
