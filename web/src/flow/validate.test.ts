import { describe, expect, it } from 'vitest'

import { flow, node, sample, types } from './fixture'
import { loopsAround, scopesAround, upstream } from './scope'
import { summary, triggerSummary } from './summary'
import { typeOf } from './branches'
import { locate, validate } from './validate'

const codes = (...nodes: Parameters<typeof flow>) => validate(flow(...nodes), types).map(({ node: key, pointer, code }) => `${key} ${pointer} ${code}`)

describe('scope', () => {
  it('knows what may have run before a node', () => {
    const before = (key: string) => upstream(sample(), key).map(({ node: one }) => one.key)
    expect(before('first')).toEqual([])
    expect(before('in_a')).toEqual(['first'])
    expect(before('last')).toEqual(['first', 'is_main', 'kind', 'in_a', 'each', 'item'])
    expect(upstream(sample(), 'is_main')[0]?.path).toBe('$steps.first')
  })

  it('knows the loops around a node, and whose error it handles', () => {
    expect(loopsAround(sample(), 'item').map((one) => one.key)).toEqual(['each'])
    expect(loopsAround(sample(), 'each')).toEqual([])
    const failing = flow(node('a', 'set', { onError: 'branch', branches: { error: [node('b')] } }))
    expect(scopesAround(failing, 'b').map(([one, branch]) => [one.key, branch])).toEqual([['a', 'error']])
  })
})

describe('validate', () => {
  it('finds nothing in a sound flow', () => {
    expect(validate(sample(), types)).toEqual([])
  })

  it.each([
    ['a field that is missing', [node('a', 'request')], ['a /url required']],
    ['one that is missing in a list', [node('a', 'switch', { config: { cases: [{ key: 'x' }, {}] } })], ['a /cases/1/key required']],
    ['a type nobody knows', [node('a', 'wormhole')], ['a /type unknownType']],
    ['a key given twice', [node('a'), node('a')], ['a /key duplicateKey', 'a /key duplicateKey']],
    ['a key that is none', [node('4')], ['4 /key badKey']],
    ['a node that does not exist', [node('a', 'set', { config: { x: '{{$steps.ghost}}' } })], ['a /x noSuchNode']],
    ['a node that runs later', [node('a', 'set', { config: { x: '{{$steps.b}}' } }), node('b')], ['a /x notBefore']],
    ['the item of a loop that is not around', [node('a', 'loop'), node('b', 'set', { config: { x: '{{$scopes.a.item}}' } })], ['b /x notAround']],
    ['another branch of the same node', [node('a', 'condition', { branches: { true: [node('b')], false: [node('c', 'set', { config: { x: '{{$steps.b}}' } })] } })], ['c /x notBefore']],
    ['nothing in a branch that reads a node before', [node('a', 'condition', { branches: { true: [node('b'), node('c', 'set', { config: { x: '{{$steps.b}}' } })], false: [] } })], []],
    ['what waits in a transaction', [node('a', 'transaction', { branches: { run: [node('b', 'delay')], rollback: [node('c', 'delay')] } })], ['b /type inTransaction']],
    ['nodes in a branch that is gone', [node('a', 'switch', { config: { cases: [] }, branches: { x: [node('b')] } })], ['a /branches unusedBranch']],
    ['nothing of a disabled node', [node('a', 'request', { disabled: true })], []],
  ])('finds %s', (_, nodes, want) => {
    expect(codes(...nodes)).toEqual(want)
  })

  it('warns of what waits while a caller does', () => {
    const document = { ...flow(node('a', 'delay')), trigger: { type: 'webhook', config: { mode: 'sync' } } }
    expect(validate(document, types).map(({ code, level }) => [code, level])).toEqual([['waitsInSync', 'warning']])
  })

  it('finds the node that a problem of the server is in', () => {
    expect(locate(sample(), '/nodes/1/branches/true/0/branches/a/0/config/values')).toEqual({ node: 'in_a', pointer: '/values' })
    expect(locate(sample(), '/nodes/0/type')).toEqual({ node: 'first', pointer: '/type' })
    expect(locate(sample(), '/trigger/config/path')).toEqual({ node: '', pointer: '/path' })
    expect(locate(sample(), '/title')).toEqual({ node: '', pointer: '/title' })
  })
})

describe('summary', () => {
  const of = (type: string, config: Record<string, unknown>) => summary(node('a', type, { config }), typeOf(types, type))

  it.each([
    ['request', { url: 'https://x.io/{{$context.data.id}}' }, { text: 'POST https://x.io/data.id' }],
    ['condition', { left: '{{$context.data.ref}}', op: 'equals', right: 'main' }, { text: 'data.ref = main' }],
    ['condition', { all: [{}, {}] }, { key: 'editor:summary.conditions', count: 2 }],
    ['switch', { cases: [{}] }, { key: 'editor:summary.cases', count: 1 }],
    ['set', { values: { a: 1, b: 2 } }, { text: 'a, b' }],
    ['set', { collection: 'contacts' }, { text: 'contacts' }],
    ['set', {}, { text: '' }],
  ])('of %s %j', (type, config, want) => {
    expect(of(type, config)).toEqual(want)
  })

  it('of a trigger says how it is called', () => {
    expect(triggerSummary(flow())).toBe('POST /test')
    expect(triggerSummary({ ...flow(), trigger: { type: 'webhook', config: { path: 'gh', methods: ['GET', 'POST'], mode: 'sync', verification: { scheme: 'github' } } } })).toBe('GET POST /gh · github · sync')
  })
})
