import { describe, expect, it } from 'vitest'

import type { NodeTypes } from '@/api/catalogue'
import type { FlowDocument } from '@/flow/document'

import { childrenOf, look, variableGroups } from './groups'
import { short, suggestions } from './looks'
import { rowsOf } from './rows'

const document: FlowDocument = {
  kind: 'Workflow',
  key: 'w',
  trigger: { type: 'webhook' },
  nodes: [
    { key: 'first', type: 'request' },
    { key: 'each', type: 'loop', branches: { body: [{ key: 'in', type: 'set' }] } },
    { key: 'last', type: 'set' },
  ],
}

const nodeTypes = {
  items: [{ type: 'request', result: { schema: { type: 'object', properties: { status: { type: ['integer', 'null'] }, data: {} } } } }],
} as unknown as NodeTypes

const sample = { data: { ref: 'main', commits: [{ id: 'a', by: { name: 'Ada' } }, { id: 'b' }], 'x y': 1 }, method: 'POST' }
const env = [{ name: 'KEY', secret: true, value: null }, { name: 'URL', secret: false, value: 'https://a' }]
const at = (nodeKey: string, more = {}) => variableGroups({ document, nodeKey, nodeTypes, sample, env, ...more })

describe('the variables of a node', () => {
  it('are those of what ran before, the nearest first', () => {
    expect(at('last').map(({ id }) => id)).toEqual(['request', 'node in', 'node each', 'node first', 'env', 'system'])
  })
  it('have the round of the loop around it', () => {
    expect(at('in')[0]).toMatchObject({ id: 'scope each', items: [{ path: '$scopes.each.item' }, { path: '$scopes.each.index' }, { path: '$scopes.each.length' }] })
  })
  it('are of the request and the secrets for the trigger', () => expect(at('').map(({ id }) => id)).toEqual(['request', 'env']))
  it('are what the type says before a node has run, and its result from then on', () => {
    const [, , , first] = at('last')
    expect(first?.items[0]?.children?.map(({ path, type }) => [path, type])).toEqual([['$steps.first.status', 'integer'], ['$steps.first.data', '']])
    const [, , , run] = at('last', { results: { first: { status: 200 } } })
    expect(run?.items[0]).toMatchObject({ path: '$steps.first', sample: { status: 200 } })
  })
  it('never hold a secret', () => expect(at('last').find(({ id }) => id === 'env')?.items[0]).toEqual({ path: '$env.KEY', label: 'KEY', type: 'secret' }))
})

describe('what is inside of a variable', () => {
  const commits = { path: '$context.data.commits', label: 'commits', type: 'array', sample: sample.data.commits }
  it('is, of a list, each member of all items and the items', () => {
    expect(childrenOf(commits).map(({ path, sample: value }) => [path, value])).toEqual([
      ['$context.data.commits.id', ['a', 'b']],
      ['$context.data.commits.by', [{ name: 'Ada' }]],
      ['$context.data.commits[0]', sample.data.commits[0]],
      ['$context.data.commits[1]', sample.data.commits[1]],
    ])
  })
  it('is written so that the server reads it', () => {
    expect(childrenOf({ path: '$context.data', label: '', type: 'object', sample: { 'x y': 1 } })[0]?.path).toBe('$context.data["x y"]')
  })
})

describe('look', () => {
  it.each([
    ['$context.data.ref', 'value'],
    ['$context.data.commits.by.name', 'value'],
    ['$context.data.nope', 'unknown'],
    ['$context.headers.any', 'unsure'],
    ['$steps.first.status', 'unsure'],
    ['$jobsMapByNodeKey.first.status', 'unsure'],
    ['$steps.nobody', 'unknown'],
    ['$env.KEY', 'unsure'],
    ['$env.OTHER', 'unknown'],
    ['$system.now', 'unsure'],
    ['$system.nothing', 'unknown'],
    ['not a path', 'unknown'],
  ])('finds at %s: %s', (path, found) => expect(look(at('last'), path).found).toBe(found))
})

describe('suggestions', () => {
  const paths = (typed: string) => suggestions(at('last'), typed).map(({ path }) => path)
  it('go one step into what is typed', () => {
    expect(paths('$context.data.commits[0].')).toContain('$context.data.commits[0].by')
    expect(paths('$context.data.commits[0].')).not.toContain('$context.data.commits[1].id')
  })
})

describe('the list of variables', () => {
  const shown = (query: string, open: string[] = []) => rowsOf(at('last'), new Set(open), query).filter(({ kind }) => kind === 'variable').map(({ id }) => id)
  it('shows what is open', () => {
    expect(shown('')).not.toContain('$context.data.ref')
    expect(shown('', ['$context.data'])).toContain('$context.data.ref')
  })
  it('is searched by path and by value, as deep as it goes', () => {
    expect(shown('commits.by.na')).toEqual(['$context.data.commits.by.name'])
    expect(shown('ada')).toContain('$context.data.commits[0].by.name')
    expect(shown('nothing has this')).toEqual([])
  })
})

describe('short', () => {
  it.each([
    ['a text', 10, 'a text'],
    ['a long text', 6, 'a long…'],
    [{ a: 1, b: ['x'] }, 40, '{a: 1, b: ["x"]}'],
    [Array.from({ length: 1000 }, (_, i) => i), 8, '[0, 1, 2…'],
    [null, 8, 'null'],
  ])('of %j', (value, most, want) => expect(short(value, most)).toBe(want))
})
