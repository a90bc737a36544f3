import { describe, expect, it } from 'vitest'

import { readCondition, sides, writeCondition } from './conditions'

describe('a condition', () => {
  it.each([
    [{ left: '{{$context.data.a}}', op: 'equals', right: 5 }],
    [{ left: 'a', op: 'empty' }],
    [{ all: [{ left: 'a', op: 'equals', right: null }, { any: [{ left: 'b', op: 'gt', right: '1' }] }] }],
    [{ any: [] }],
    [{ not: { left: 'a', op: 'isTrue' } }],
    [{ not: { any: [{ left: 'a', op: 'isTrue' }, { not: { all: [{ left: 'c', op: 'in', right: [1, 2] }, { left: 'd', op: 'exists' }] } }] } }],
  ])('is written as it was read: %j', (value) => {
    const read = readCondition(value, sides.condition)
    expect(read && writeCondition(read, sides.condition)).toEqual(value)
  })

  it('that negates a negation keeps its meaning', () => {
    const read = readCondition({ not: { not: { left: 'a', op: 'isTrue' } } }, sides.condition)
    expect(read && writeCondition(read, sides.condition)).toEqual({ not: { all: [{ not: { left: 'a', op: 'isTrue' } }] } })
  })

  it.each([['text'], [null], [[]], [{ all: 'x' }], [{ all: [], any: [] }], [{ op: 'equals', all: [] }], [{ expression: '1' }], [{ all: [1] }]])('of a shape the editor cannot show is left alone: %j', (value) => {
    expect(readCondition(value, sides.condition)).toBeNull()
  })

  it('of records names a field and a value', () => {
    const filter = { field: 'age', op: 'gte', value: 18 }
    const read = readCondition(filter, sides.filter)
    expect(read && writeCondition(read, sides.filter)).toEqual(filter)
  })

  it('loses what an operator that stands alone compared with', () => {
    expect(writeCondition({ kind: 'comparison', left: 'a', op: 'empty', right: 'b' }, sides.condition)).toEqual({ left: 'a', op: 'empty' })
  })
})
