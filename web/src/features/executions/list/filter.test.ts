import { expect, test } from 'vitest'

import { filterOf, hasFilter, parse, tokensOf, write } from './filter'

const now = Date.parse('2026-01-02T03:04:05Z')

test('the URL becomes the question to the API', () => {
  expect(filterOf({ status: 'error', workflow: 'orders', error: 'no answer', since: '1h', to: 'ignored', node: 'x' }, now)).toEqual({
    status: 'error', workflow: 'orders', error: 'no answer', from: '2026-01-02T02:04:00.000Z',
  })
  expect(filterOf({ from: '2026-01-01T00:00:00Z', to: '', since: 'never' }, now)).toEqual({ from: '2026-01-01T00:00:00Z' })
})

test.each([
  ['workflow:orders', { field: 'workflow', value: 'orders' }],
  ['StartedBy: retry', { field: 'startedBy', value: 'retry' }],
  ['error:"no answer: 503"', { field: 'error', value: 'no answer: 503' }],
  ['answered 503: busy', { field: 'error', value: 'answered 503: busy' }],
  ['http://x', { field: 'error', value: 'http://x' }],
])('%s', (text, token) => expect(parse(text)).toEqual(token))

test('a chip can be typed again', () => {
  const [token] = tokensOf({ error: 'no answer', other: 'x' })
  expect(token && parse(write(token))).toEqual(token)
})

test('what is opened is no filter', () => {
  expect(hasFilter({ node: 'a', status: '' })).toBe(false)
  expect(hasFilter({ status: 'error' })).toBe(true)
})
