import { describe, expect, it } from 'vitest'

import { from, parse, write } from './lossless'
import { matches, rows } from './rows'
import { split } from './Shown'

describe('parse', () => {
  it.each([
    '12345678901234567890',
    '1.0',
    '1e400',
    '{"b":1,"2":2,"1":3}',
    '[null,true,false,"\\u202e"]',
    '{"a":{"b":[]},"c":{}}',
    ' \n[ 1 , { "x" : "y" } ] ',
  ])('keeps %s as it was sent', (text) => {
    const json = parse(text)
    expect(json).not.toBeNull()
    const escaped = write(json!).replace(/\s+/g, '').replace('\u202e', '\\u202e')
    expect(escaped).toBe(text.replace(/\s+/g, ''))
  })

  it.each(['', '{', '[1,]', '{"a"}', '01', 'nul', '"\n"', '1 2', '{"a":1,}', "{'a':1}"])('refuses %s', (text) => expect(parse(text)).toBeNull())

  it('reads a very long text', () => expect(parse(JSON.stringify('x'.repeat(1 << 24)))?.type).toBe('string'))

  it('does not fall over what is nested too deep', () => expect(parse('['.repeat(1e5))).toBeNull())
})

it('shows what is open and finds what is closed', () => {
  const json = from({ user: { mail: 'ada@example.com' }, list: [1, 2] })
  expect(rows(json, () => false)).toHaveLength(1)
  expect(rows(json, () => true).map((row) => row.label)).toEqual(['', 'user', 'mail', 'list', '0', '1'])
  const { found, around } = matches(json, 'ADA@')
  expect([...found]).toEqual(['["user","mail"]'])
  expect([...around]).toEqual(['[]', '["user"]'])
})

it('tells hidden characters apart', () => {
  expect(split('a\u202eb\tc')).toEqual([
    { text: 'a', hidden: false },
    { text: '\u202e', hidden: true },
    { text: 'b\tc', hidden: false },
  ])
})
