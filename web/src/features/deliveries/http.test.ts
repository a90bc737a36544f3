import { expect, test } from 'vitest'

import { contentTypeOf, isMasked, queryOf, rawRequest } from './http'

const request = {
  method: 'POST',
  url: 'https://h.example/api/webhooks/a?x=1&x=2&y=',
  headers: [{ name: 'content-type', value: 'application/json' }, { name: 'X-Token', value: '••••' }],
  body: '{"a":1}',
}

test('a request is written as HTTP writes it', () => {
  expect(rawRequest(request, 'binary')).toBe('POST /api/webhooks/a?x=1&x=2&y= HTTP/1.1\ncontent-type: application/json\nX-Token: ••••\n\n{"a":1}')
  expect(rawRequest({ ...request, url: 'http://h.example', headers: [], body: { base64: 'AA==' } }, 'binary')).toBe('POST / HTTP/1.1\n\n[binary]')
})

test('what a request says is found', () => {
  expect(contentTypeOf(request.headers)).toBe('application/json')
  expect(queryOf(request.url)).toEqual([['x', '1'], ['x', '2'], ['y', '']])
  expect(queryOf('http://h.example/a')).toEqual([])
  expect(isMasked({ request })).toBe(true)
  expect(isMasked({ request: { ...request, headers: [] } })).toBe(false)
})
