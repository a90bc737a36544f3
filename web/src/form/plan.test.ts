import { describe, expect, it } from 'vitest'

import type { Schema } from '@/api/catalogue'

import { kindOf } from './kind'
import { chosen, namesOf, planOf, withField } from './plan'

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({ type: 'object', properties, required })
const text: Schema = { type: 'string' }
const shown = (schema: Schema, values = {}, limits = {}) => {
  const { entries, more } = planOf(schema, values, limits)
  return [entries.map(namesOf), more.map(namesOf)]
}

describe('the plan of a form', () => {
  it('folds what the server says is rare', () => {
    expect(shown(object({ a: text, b: { ...text, 'x-more': true }, c: text }))).toEqual([[['a'], ['c']], [['b']]])
  })
  it('folds what comes after many, but nothing that is required', () => {
    const names = [...'abcdefghij']
    const [entries, more] = shown(object(Object.fromEntries(names.map((name) => [name, text])), ['j']))
    expect([entries?.flat().join(''), more?.flat().join('')]).toEqual(['abcdefgj', 'hi'])
  })
  it('hides what does not apply', () => {
    const schema = object({ mode: { ...text, default: 'a' }, a: { ...text, 'x-when': { mode: ['a'] } }, b: { ...text, 'x-when': { mode: ['b'] } } })
    expect(shown(schema)).toEqual([[['mode'], ['a']], []])
    expect(shown(schema, { mode: 'b' })).toEqual([[['mode'], ['b']], []])
    expect(shown(schema, { mode: '{{$env.MODE}}' })).toEqual([[['mode'], ['a'], ['b']], []])
  })
  it('puts together what one widget edits, and what is chosen between', () => {
    const either = (name: string, more: Schema = {}): Schema => ({ ...text, ...more, 'x-alternative': { name, title: name } })
    const schema = object({ left: either('x', { 'x-together': 'condition' }), op: either('x', { 'x-together': 'condition' }), other: text, code: either('y') })
    const [choice] = planOf(schema, {}).entries
    expect(choice?.kind === 'choice' && choice.alternatives.map(({ name, entries }) => [name, entries.map(namesOf)])).toEqual([['x', [['left', 'op']]], ['y', [['code']]]])
    expect(choice?.kind === 'choice' && chosen(choice.alternatives, { code: '1' })).toBe('y')
  })
  it('shows some fields only', () => {
    expect(shown(object({ a: text, b: text, c: text }), {}, { only: ['a', 'b'], except: ['b'] })).toEqual([[['a']], []])
  })
})

describe('withField', () => {
  it('keeps the order of what is there', () => expect(Object.keys(withField({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']))
  it.each([undefined, ''])('takes away what is %j', (value) => expect(withField({ a: 1, b: 2 }, 'a', value)).toEqual({ b: 2 }))
  it('keeps null and false', () => expect(withField(withField({}, 'a', null), 'b', false)).toEqual({ a: null, b: false }))
})

describe('kindOf', () => {
  it.each<[Schema, string]>([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', 'x-ui': 'sql' }, 'sql'],
    [{ type: 'string', 'x-secret': true }, 'secret'],
    [{ type: 'string', enum: ['a'] }, 'select'],
    [{ type: ['string', 'number'] }, 'duration'],
    [{ type: ['string', 'array'] }, 'unknown'],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, 'multiselect'],
    [{ type: 'array', items: {} }, 'unknown'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'keyvalue'],
    [{}, 'any'],
  ])('of %j is %s', (schema, kind) => expect(kindOf(schema)).toBe(kind))
})
