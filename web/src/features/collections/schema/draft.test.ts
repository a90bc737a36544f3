import { describe, expect, it } from 'vitest'

import { collectionOf } from '@/api/collections'

import { blankField, collectionFrom, draftOf, fieldOf, problemsOf, rowProblems, shifted, type DraftField } from './draft'

const field = (part: Partial<DraftField>): DraftField => ({ ...blankField(), ...part })

it('gives a table back as it was, to the last digit of a default', () => {
  const text =
    '{"kind":"Collection","name":"t","title":"T","fields":[{"id":"1","name":"a","type":"decimal","default":12345678901234567890.10},' +
    '{"id":"2","name":"b","type":"select","required":true,"index":true,"options":{"choices":["x"]}},{"id":"3","name":"c","type":"relation","options":{"collection":"o","onDelete":"cascade"}}]}'
  const read = collectionOf(text)
  expect(collectionFrom(read.name, read.title ?? '', read.fields.map(draftOf))).toEqual({ name: 't', title: 'T', fields: read.fields.map(({ default: fallback, ...rest }) => (fallback ? { ...rest, default: fallback } : rest)) })
})

it('sends only what a type has', () => {
  expect(fieldOf(field({ name: 'a', type: 'text', unique: true, index: true, options: { choices: ['x'] } }))).toEqual({ name: 'a', type: 'text' })
  expect(fieldOf(field({ name: 'a', type: 'relation', required: true, options: { collection: 'o', kind: 'many', field: 'b', onDelete: 'cascade' } }))).toEqual({
    name: 'a', type: 'relation', options: { collection: 'o', kind: 'many', field: 'b' },
  })
})

describe('problemsOf', () => {
  it.each<[string, Partial<DraftField>]>([
    ['name', { name: '1a' }],
    ['reserved', { name: 'ID' }],
    ['choices', { name: 'a', type: 'select' }],
    ['collection', { name: 'a', type: 'relation' }],
    ['field', { name: 'a', type: 'relation', options: { collection: 'o', kind: 'many' } }],
    ['fallback', { name: 'a', type: 'integer', fallback: 'x' }],
  ])('finds %s', (problem, part) => {
    const bad = field(part)
    expect(problemsOf([bad])).toEqual({ [bad.key]: problem })
  })

  it('finds names that are there twice, unless one is to go', () => {
    const [a, b] = [field({ name: 'a' }), field({ name: 'A' })]
    expect(problemsOf([a, b])).toEqual({ [b.key]: 'twice' })
    expect(problemsOf([{ ...a, removed: true }, b])).toEqual({})
  })
})

it('brings problems to their rows, past those that are to go', () => {
  const rows = [field({ name: 'a', removed: true }), field({ name: 'b' })]
  expect(rowProblems([{ pointer: '/fields/0/type', detail: 'is wrong' }, { pointer: '/name', detail: 'is taken' }], rows)).toEqual({
    rows: { [rows[1]!.key]: 'is wrong' },
    others: ['name is taken'],
  })
})

it('moves an item, and not beyond the end', () => {
  expect(shifted(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(shifted(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})
