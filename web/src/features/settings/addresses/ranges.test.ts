import { expect, test } from 'vitest'

import { headersOf, lineAt, linesOf } from './ranges'

const text = '# GitHub\n192.30.252.0/22 # hooks\n\r\n2606:50c0::/32\nnonsense'

test('ranges are lines without comments', () => {
  expect(linesOf(text)).toEqual(['192.30.252.0/22', '2606:50c0::/32', 'nonsense'])
})

test.each([
  [0, 2],
  [1, 4],
  [2, 5],
  [9, 5],
])('range %i stands in line %i', (n, line) => {
  expect(lineAt(text, n)).toBe(line)
})

test.each([
  ['203.0.113.7, 10.0.0.2', { 'X-Forwarded-For': '203.0.113.7, 10.0.0.2' }],
  ['2001:db8::1', { 'X-Forwarded-For': '2001:db8::1' }],
  ['X-Forwarded-For: 1.1.1.1\nx-other: a\nX-Forwarded-For: 2.2.2.2', { 'X-Forwarded-For': '1.1.1.1, 2.2.2.2', 'x-other': 'a' }],
  ['Forwarded: for=1.1.1.1;proto=https', { Forwarded: 'for=1.1.1.1;proto=https' }],
  ['  ', {}],
])('%j are the headers %j', (given, want) => {
  expect(headersOf(given)).toEqual(want)
})
