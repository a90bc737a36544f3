import { describe, expect, it } from 'vitest'

import { extend, parsePath, referencesOf, valueAt, writePath } from './paths'

describe('a path', () => {
  it.each([
    ['$context', '$context', []],
    ['$context.data.ref', '$context', ['data', 'ref']],
    ['$context.headers.x-github-event', '$context', ['headers', 'x-github-event']],
    ['$context.data.commits[0].id', '$context', ['data', 'commits', '0', 'id']],
    ['$context.data["any name"]', '$context', ['data', 'any name']],
    [String.raw`$context.data["a\"b\\c"]`, '$context', ['data', 'a"b\\c']],
    [`$context.data['it"s']`, '$context', ['data', 'it"s']],
    ['$context.data[""]', '$context', ['data', '']],
    ['$context.data.名前', '$context', ['data', '名前']],
    ['$context.data.@id.#text', '$context', ['data', '@id', '#text']],
    ['$context.data["}}"]', '$context', ['data', '}}']],
  ])('reads %s', (text, root, steps) => {
    expect(parsePath(text)).toEqual({ root, steps })
  })

  it.each(['', 'context.a', '$', '$context.', '$context..a', '$context[a]', '$context["a]', '$context a', '$context.a()', '$a + $b'])('does not read %s', (text) => {
    expect(parsePath(text)).toBeNull()
  })

  it.each([['plain'], ['x-y'], ['two words'], ['a"b'], ['a\\b'], [''], ['0'], ['12'], ['a.b'], ['[0]'], ['}}'], ['{{'], ['日本'], ['💡'], ["it's"], ['a\nb'], ['$ref'], ['@name']])(
    'that is written with the key %j reads back as it was',
    (key) => {
      const path = { root: '$context', steps: ['data', key, 'end'] }
      expect(parsePath(writePath(path))).toEqual(path)
    },
  )

  it('writes an index in brackets', () => expect(extend('$steps.list', '0')).toBe('$steps.list[0]'))
})

describe('references in a text', () => {
  it('are found with what is around them', () => {
    expect(referencesOf('a {{$context.data.x}} b {{ $env.KEY }}')).toEqual([
      { from: 2, to: 21, path: '$context.data.x' },
      { from: 24, to: 38, path: '$env.KEY' },
    ])
  })
  it('end behind quoted braces', () => expect(referencesOf('{{$context.data["}}"]}}')[0]?.path).toBe('$context.data["}}"]'))
  it('are not what is never closed', () => expect(referencesOf('{{$context.data')).toEqual([]))
})

describe('valueAt', () => {
  const value = { commits: [{ author: { email: 'a@x' }, tags: ['p', 'q'] }, { author: { email: 'b@x' }, tags: ['r'] }, 'odd'], 'x y': 1 }
  it.each([
    [['x y'], 1],
    [['commits', '1', 'author', 'email'], 'b@x'],
    [['commits', 'author', 'email'], ['a@x', 'b@x']],
    [['commits', 'tags'], ['p', 'q', 'r']],
    [['none'], undefined],
    [['toString'], undefined],
    [['commits', '9'], undefined],
  ])('at %j', (steps, want) => expect(valueAt(value, steps)).toEqual(want))
})
