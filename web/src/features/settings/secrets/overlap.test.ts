import { expect, test } from 'vitest'

import type { FlowDocument } from '@/flow/document'

import { accepts, acceptsOthers, nextName, withAnother, without } from './overlap'

const verified = (verification: Record<string, unknown>): FlowDocument => ({
  kind: 'Workflow',
  key: 'a',
  trigger: { type: 'webhook', config: { path: 'in', verification: { scheme: 'github', ...verification } } },
  nodes: [],
})
const secret = (name: string) => `{{$env.${name}}}`

test('a new secret is accepted beside the old one, then alone', () => {
  const one = verified({ secret: secret('KEY') })
  expect(accepts(one, 'KEY')).toBe(true)
  expect(acceptsOthers(one, 'KEY')).toBe(false)

  const both = withAnother(one, 'KEY_2')
  expect(both).toEqual(verified({ secrets: [secret('KEY_2'), secret('KEY')] }))
  expect(acceptsOthers(both, 'KEY')).toBe(true)

  expect(without(both, 'KEY')).toEqual(verified({ secret: secret('KEY_2') }))
})

test('a third secret stays where two were accepted', () => {
  const three = withAnother(verified({ secrets: [secret('B'), secret('A')] }), 'C')
  expect(three).toEqual(verified({ secrets: [secret('C'), secret('B'), secret('A')] }))
  expect(without(three, 'A')).toEqual(verified({ secrets: [secret('C'), secret('B')] }))
})

test('a secret that is only a part of something, or of a node, is none that requests are verified with', () => {
  expect(accepts(verified({ secret: `x${secret('KEY')}` }), 'KEY')).toBe(false)
  expect(accepts({ ...verified({}), trigger: { type: 'manual' } }, 'KEY')).toBe(false)
})

test.each([
  ['KEY', [], 'KEY_2'],
  ['KEY', ['KEY_2'], 'KEY_3'],
  ['KEY_2', ['KEY_2', 'KEY'], 'KEY_3'],
])('the successor of %s, where %s are taken, is %s', (name, taken, want) => {
  expect(nextName(name, taken)).toBe(want)
})
