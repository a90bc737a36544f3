import { expect, test } from 'vitest'

import { schemaOf } from './schemaOf'

test('what a sample shows is demanded, and no more', () => {
  expect(schemaOf({ id: 7, name: 'a', done: false, note: null })).toEqual({
    type: 'object',
    properties: { id: { type: 'number' }, name: { type: 'string' }, done: { type: 'boolean' }, note: {} },
    required: ['id', 'name', 'done', 'note'],
  })
})

test('items of a list share what all of them have', () => {
  expect(schemaOf([{ id: 1, a: 'x' }, { id: 2, b: 'y' }])).toEqual({
    type: 'array',
    items: { type: 'object', properties: { id: { type: 'number' }, a: { type: 'string' }, b: { type: 'string' } }, required: ['id'] },
  })
  expect(schemaOf([1, 'two'])).toEqual({ type: 'array', items: {} })
  expect(schemaOf([])).toEqual({ type: 'array' })
})
