import { describe, expect, it } from 'vitest'

import type { Field } from '@/api/collections'
import { parse } from '@/components/json/lossless'

import { compact, idOf, isWeb, localOf, momentOf, textOf, valueOf } from './cell'

const field = (type: string, more: Partial<Field> = {}): Field => ({ name: 'f', type, ...more })

describe('valueOf', () => {
  it.each([
    ['decimal', '12345678901234567890123.4500'],
    ['bigint', '9223372036854775807'],
    ['integer', '-12'],
    ['number', '1e3'],
  ])('keeps every digit of a %s', (type, text) => expect(valueOf(text, field(type))).toEqual({ type: 'number', text }))

  it.each([
    ['integer', '1.5', 'whole'],
    ['integer', '9007199254740992', 'safe'],
    ['bigint', '9223372036854775808', 'range'],
    ['number', 'twelve', 'number'],
    ['number', '0x10', 'number'],
    ['date', '2026-13-01', 'date'],
    ['email', 'a b@c', 'email'],
    ['url', 'javascript:alert(1)', 'url'],
    ['uuid', '123', 'uuid'],
    ['json', '{', 'json'],
  ])('refuses for a %s: %s', (type, text, wrong) => expect(valueOf(text, field(type))).toBe(wrong))

  it('takes nothing for no value, where one is not needed', () => {
    expect(valueOf('', field('string'))).toEqual({ type: 'null' })
    expect(valueOf(' ', field('integer'))).toEqual({ type: 'null' })
    expect(valueOf('', field('string', { required: true }))).toBe('required')
  })

  it('counts characters, not halves of them', () => {
    expect(valueOf('😀😀', field('string', { options: { maxLength: 2 } }))).toEqual({ type: 'string', value: '😀😀' })
    expect(valueOf('abc', field('string', { options: { maxLength: 2 } }))).toBe('long')
  })
})

it('shows what a record holds as it is spelled', () => {
  expect(textOf(parse('1.10') ?? undefined)).toBe('1.10')
  expect(textOf(undefined)).toBe('')
  expect(idOf(parse('{"id":"r1","name":"x"}') ?? undefined)).toBe('r1')
  expect(idOf(parse('"r2"') ?? undefined)).toBe('r2')
})

it('writes a large value in one short line', () => {
  const json = parse(JSON.stringify({ list: Array.from({ length: 10_000 }, (_, n) => n), text: 'x'.repeat(1e6) }))
  expect(compact(json!, 100).length).toBeLessThan(400)
  expect(compact(parse('{"a":[1,null,"b"]}')!)).toBe('{"a": [1, null, "b"]}')
})

it('brings a moment into local time and back', () => {
  expect(momentOf(localOf('2026-12-31T23:59:59Z'))).toBe('2026-12-31T23:59:59Z')
  expect(momentOf(localOf('2026-12-31T23:59:59.25Z'))).toBe('2026-12-31T23:59:59.250Z')
  expect(localOf('nonsense')).toBe('')
})

it('links to the web alone', () => {
  expect(isWeb('https://example.com')).toBe(true)
  for (const address of ['javascript:alert(1)', 'data:text/html,x', '//example.com', 'x']) expect(isWeb(address)).toBe(false)
})
