import { describe, expect, it } from 'vitest'

import type { Field } from '@/api/collections'

import { conditionsOf, filterText, operatorsOf, readFilter } from './filter'

const fields: Field[] = [
  { name: 'title', type: 'string' },
  { name: 'total', type: 'decimal' },
  { name: 'paid', type: 'boolean' },
]

describe('a filter', () => {
  it.each([
    '{"all":[{"field":"title","op":"contains","value":"a"}]}',
    '{"any":[{"field":"total","op":"gt","value":12345678901234567890.10},{"all":[{"field":"paid","op":"isTrue"}]}]}',
    '{"all":[{"field":"total","op":"in","value":[1,2.50]},{"field":"id","op":"equals","value":"x"}]}',
  ])('goes through the builder as it is: %s', (text) => expect(filterText(readFilter(text)!, fields)).toBe(text))

  it('of one comparison becomes a group of one', () => {
    expect(filterText(readFilter('{"field":"paid","op":"isTrue"}')!, fields)).toBe('{"all":[{"field":"paid","op":"isTrue"}]}')
  })

  it.each(['{"not":{"field":"paid","op":"isTrue"}}', '{"field":"a","op":"equals","value":{}}', 'nonsense', '{"all":[],"x":1}', '{"field":"a","op":"in","value":1}'])(
    'that says more than the builder shows is told apart: %s',
    (text) => expect(readFilter(text)).toBeNull(),
  )

  it('leaves out what is not complete', () => {
    const group = { join: 'all' as const, items: [{ field: 'title', op: 'equals', values: [] }, { join: 'any' as const, items: [] }] }
    expect(filterText(group, fields)).toBe('')
    expect(conditionsOf(group)).toBe(1)
  })

  it('sends what is no number as text, for the server to refuse', () => {
    expect(filterText({ join: 'all', items: [{ field: 'total', op: 'gt', values: ['x'] }] }, fields)).toBe('{"all":[{"field":"total","op":"gt","value":"x"}]}')
  })
})

it('offers the comparisons that a type has', () => {
  expect(operatorsOf({ name: 'x', type: 'json' })).toEqual(['empty', 'notEmpty'])
  expect(operatorsOf({ name: 'x', type: 'date' })).toContain('gte')
  expect(operatorsOf({ name: 'x', type: 'date' })).not.toContain('contains')
})
