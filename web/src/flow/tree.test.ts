import { describe, expect, it } from 'vitest'

import type { Place } from './document'
import { node, sample } from './fixture'
import { begin, record, redo, undo } from './history'
import { copy, freshKey, keysOf, referencesIn, rename, readersOf } from './keys'
import { after, allNodes, canMove, find, insert, listAt, move, neighbour, remove, replaceConfig } from './tree'

const keys = (document = sample()) => allNodes(document.nodes).map((one) => one.key)

/** Every place of the sample where a node can go. */
function places(): Place[] {
  const document = sample()
  const lists: Place['branch'][] = [[], [['is_main', 'true']], [['is_main', 'false']], [['is_main', 'true'], ['kind', 'a']], [['is_main', 'true'], ['kind', 'b']], [['each', 'body']]]
  return lists.flatMap((branch) => Array.from({ length: listAt(document, branch).length + 1 }, (_, index) => ({ branch, index })))
}

describe('tree', () => {
  it('finds nodes at any depth with what is around them', () => {
    const found = find(sample(), 'in_a')
    expect(found?.place).toEqual({ branch: [['is_main', 'true'], ['kind', 'a']], index: 0 })
    expect(found?.parents.map((one) => one.key)).toEqual(['is_main', 'kind'])
    expect(find(sample(), 'nowhere')).toBeUndefined()
  })

  it.each(places().map((place) => [JSON.stringify(place), place] as const))('inserts at %s and removes again', (_, place) => {
    const document = sample()
    const inserted = insert(document, place, node('new'))
    expect(find(inserted, 'new')?.place).toEqual(place)
    expect(keys(remove(inserted, 'new'))).toEqual(keys(document))
    expect(document).toEqual(sample())
  })

  it('moves every node to every place but into itself and loses nothing', () => {
    for (const key of keys()) {
      for (const place of places()) {
        const moved = move(sample(), key, place)
        expect(keys(moved).toSorted()).toEqual(keys().toSorted())
        if (!canMove(key, place)) expect(moved).toEqual(sample())
      }
    }
  })

  it('moves within a list by places of the list as it is before', () => {
    expect(sample().nodes.map((one) => one.key)).toEqual(['first', 'is_main', 'each', 'last'])
    expect(move(sample(), 'first', { branch: [], index: 3 }).nodes.map((one) => one.key)).toEqual(['is_main', 'each', 'first', 'last'])
    expect(move(sample(), 'last', { branch: [], index: 0 }).nodes.map((one) => one.key)).toEqual(['last', 'first', 'is_main', 'each'])
    expect(neighbour(sample(), 'first', -1)).toBeUndefined()
    expect(neighbour(sample(), 'first', 1)).toEqual({ branch: [], index: 2 })
    expect(neighbour(sample(), 'last', 1)).toBeUndefined()
    expect(after(sample(), 'item')).toEqual({ branch: [['each', 'body']], index: 1 })
  })

  it('shares what it does not change', () => {
    const document = sample()
    const changed = replaceConfig(document, 'in_a', { values: {} })
    expect(changed.nodes[0]).toBe(document.nodes[0])
    expect(changed.nodes[1]).not.toBe(document.nodes[1])
    expect(replaceConfig(document, 'nowhere', {})).toBe(document)
  })
})

describe('keys', () => {
  it('finds a free key', () => {
    expect(freshKey('request', new Set())).toBe('request')
    expect(freshKey('request', new Set(['request', 'request_2']))).toBe('request_3')
    expect(freshKey('request_2', new Set(['request_2']))).toBe('request_3')
    expect(freshKey('4 ünits', new Set())).toBe('__nits')
  })

  it('renames a node and all that read it', () => {
    const renamed = rename(sample(), 'first', 'call')
    expect(find(renamed, 'is_main')?.node.config?.left).toBe('{{$steps.call.ref}}')
    expect(find(renamed, 'item')?.node.config?.values).toEqual({ of: '{{$scopes.each.item}} {{ $steps.call.status }}' })
    expect(rename(renamed, 'call', 'first')).toEqual(sample())
  })

  it('renames by whole names only, quoted ones too', () => {
    const document = { ...sample(), nodes: [node('a'), node('b', 'set', { config: { x: '{{$steps.a}} {{$steps.ab.a}} {{$steps["a"].z}} {{$jobsMapByNodeKey.a}} {{$env.a}}' } })] }
    expect(find(rename(document, 'a', 'c'), 'b')?.node.config?.x).toBe('{{$steps.c}} {{$steps.ab.a}} {{$steps.c.z}} {{$jobsMapByNodeKey.c}} {{$env.a}}')
  })

  it('copies with keys of its own, which what is inside reads', () => {
    const each = find(sample(), 'each')?.node ?? node('')
    const copied = copy(each, keysOf(sample()))
    expect(copied.key).toBe('each_2')
    expect(copied.branches?.body?.[0]).toEqual(node('item_2', 'set', { config: { values: { of: '{{$scopes.each_2.item}} {{ $steps.first.status }}' } } }))
    expect(each.key).toBe('each')
  })

  it('lists who reads what, with where', () => {
    expect(referencesIn({ a: ['{{$steps.x.y}}'], 'b/c': 'text' })).toEqual([{ root: '$steps', key: 'x', pointer: '/a/0' }])
    expect(readersOf(sample(), find(sample(), 'each')?.node ?? node('')).map((one) => one.key)).toEqual(['last'])
  })
})

describe('history', () => {
  it('undoes and redoes to the very same states', () => {
    const states = [sample(), remove(sample(), 'first'), remove(sample(), 'last')]
    let history = begin(states[0])
    history = record(history, states[1], 'delete', '', 0)
    history = record(history, states[2], 'delete', '', 1)
    history = undo(undo(undo(history)))
    expect(history.present).toBe(states[0])
    history = redo(redo(redo(history)))
    expect(history.present).toBe(states[2])
    expect(undo(history).present).toBe(states[1])
  })

  it('takes typing into one field as one step, and a change forgets what was undone', () => {
    let history = begin(0)
    history = record(history, 1, 'edit', 'a', 0)
    history = record(history, 2, 'edit', 'a', 500)
    history = record(history, 3, 'edit', 'b', 600)
    expect(history.past).toHaveLength(2)
    history = undo(history)
    expect(history.present).toBe(2)
    history = record(history, 9, 'edit', 'b', 700)
    expect(history.future).toHaveLength(0)
    expect(undo(undo(history)).present).toBe(0)
  })
})
