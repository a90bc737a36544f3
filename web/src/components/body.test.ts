import { expect, test } from 'vitest'

import { contentOf, hexLine, hexLines } from './body'

test.each([
  ['{"a":1}', 'application/json; charset=utf-8', 'json'],
  ['{"a":1}', 'application/cloudevents+json', 'json'],
  ['{"a":', 'application/json', 'text'],
  ['[1]', '', 'json'],
  ['12', 'application/json', 'text'],
  ['a=1&b=2', 'application/x-www-form-urlencoded', 'form'],
  ['<a/>', 'application/xml', 'text'],
  ['<svg onload="x"/>', 'image/svg+xml', 'text'],
  ['', 'application/json', 'empty'],
  [null, 'application/json', 'empty'],
  [{ a: 1 }, 'application/json', 'json'],
  [{ base64: 'iVBORw==' }, 'image/png', 'image'],
  [{ base64: 'iVBORw==' }, 'image/svg+xml', 'binary'],
  [{ base64: 'iVBORw==' }, 'application/json', 'binary'],
])('%j of %s is %s', (body, type, want) => {
  expect(contentOf(body, type).kind).toBe(want)
})

test('JSON is kept as it was sent', () => {
  expect(contentOf('{"n": 12345678901234567890}', 'application/json').text).toBe('{"n": 12345678901234567890}')
})

test('bytes are dumped sixteen a line', () => {
  const bytes = new TextEncoder().encode('0123456789abcdefé')
  expect(hexLines(bytes)).toBe(2)
  expect(hexLine(bytes, 0)).toEqual({ offset: '00000000', hex: '30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66', text: '0123456789abcdef' })
  expect(hexLine(bytes, 1)).toEqual({ offset: '00000010', hex: 'c3 a9'.padEnd(48), text: '..' })
})
