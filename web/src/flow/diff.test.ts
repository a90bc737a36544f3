import { describe, expect, it } from 'vitest'

import { flow, node, sample } from './fixture'
import { changes, equal } from './diff'
import { rename } from './keys'
import { statesOf, type RunStep } from './states'
import { travel } from './travel'
import { types } from './fixture'
import { insert, move, remove, replaceConfig } from './tree'

const told = (before = sample(), after = sample()) => changes(before, after).map(({ kind, node: key }) => `${kind} ${key}`)

describe('changes', () => {
  it('tells nothing of the same document', () => {
    expect(told()).toEqual([])
  })

  it('tells what was added, removed, changed and moved, and nothing of those beside', () => {
    expect(told(sample(), insert(sample(), { branch: [], index: 0 }, node('new')))).toEqual(['added new'])
    expect(told(sample(), remove(sample(), 'is_main'))).toEqual(['removed is_main', 'removed kind', 'removed in_a'])
    expect(told(sample(), move(sample(), 'last', { branch: [], index: 0 }))).toEqual(['moved last'])
    expect(told(sample(), move(sample(), 'in_a', { branch: [], index: 0 }))).toEqual(['moved in_a'])
    expect(told(sample(), rename(sample(), 'in_a', 'b'))).toEqual(['added b', 'removed in_a'])
  })

  it('names the fields with both values', () => {
    const after = replaceConfig(sample(), 'first', { url: 'https://other.example', method: 'PUT' })
    expect(changes(sample(), { ...after, title: 'T' })).toEqual([
      { kind: 'changed', node: '', title: '', type: '', fields: [{ pointer: '/title', before: undefined, after: 'T' }] },
      {
        kind: 'changed', node: 'first', title: 'first', type: 'request',
        fields: [{ pointer: '/config/url', before: 'https://example.com', after: 'https://other.example' }, { pointer: '/config/method', before: undefined, after: 'PUT' }],
      },
    ])
  })

  it('takes an empty object for none', () => {
    expect(told(flow(node('a')), flow(node('a', 'set', { config: {} })))).toEqual([])
    expect(equal({ a: [1, { b: null }], c: 1 }, { c: 1, a: [1, { b: null }] })).toBe(true)
    expect(equal({ a: 1 }, { a: '1' })).toBe(false)
  })
})

describe('statesOf', () => {
  const step = (nodeKey: string, more: Partial<RunStep> = {}): RunStep => ({ nodeKey, path: nodeKey, status: 'succeeded', durationMs: 2, attempt: 1, ...more })

  it('takes the last attempt, and the worst of all rounds', () => {
    const states = statesOf([
      step('a', { status: 'error', error: 'no' }),
      step('a', { attempt: 2 }),
      step('b', { path: 'l[0].b', status: 'error', error: 'oh' }),
      step('b', { path: 'l[1].b' }),
    ])
    expect(states.a).toEqual({ status: 'succeeded', times: 2, durationMs: 4 })
    expect(states.b).toEqual({ status: 'error', times: 2, durationMs: 4, error: 'oh' })
  })
})

describe('travel', () => {
  it.each([
    ['$trigger', 'down', 'first'],
    ['$trigger', 'up', '$trigger'],
    ['first', 'up', '$trigger'],
    ['first', 'down', 'is_main'],
    ['is_main', 'down', 'kind'],
    ['kind', 'down', 'in_a'],
    ['in_a', 'down', 'each'],
    ['in_a', 'up', 'kind'],
    ['each', 'down', 'item'],
    ['item', 'down', 'last'],
    ['last', 'down', 'last'],
    ['last', 'up', 'each'],
    ['is_main', 'right', 'kind'],
  ] as const)('from %s %s to %s', (from, direction, to) => {
    expect(travel(sample(), types, from, direction)).toBe(to)
  })

  it('goes to the branches beside', () => {
    const document = flow(node('if', 'condition', { branches: { true: [node('yes')], false: [node('no')] } }))
    expect(travel(document, types, 'yes', 'right')).toBe('no')
    expect(travel(document, types, 'no', 'left')).toBe('yes')
    expect(travel(document, types, 'no', 'right')).toBe('no')
  })
})
