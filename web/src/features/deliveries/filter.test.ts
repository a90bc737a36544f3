import { expect, test } from 'vitest'

import { filterOf, hasFilter, keyOf, parse, tokensOf, write } from './filter'

test.each([
  ['', []],
  ['status:401', [['status', '401']]],
  ['method:post order', [['method', 'POST'], ['q', 'order']]],
  ['order created', [['q', 'order created']]],
  ['path:/in/github', [['q', '/in/github']]],
  ['header.x-github-event:push', [['header', 'x-github-event:push']]],
  ['header:x-event', [['header', 'x-event']]],
  ['body.ref:refs/heads/main', [['body', 'ref:refs/heads/main']]],
  ['body.name:"Ada L" x', [['body', 'name:Ada L'], ['q', 'x']]],
  ['status:401 status:403', [['status', '403']]],
  ['ip:2001:db8::1', [['ip', '2001:db8::1']]],
  ['https://a.example/x', [['q', 'https://a.example/x']]],
  ['status.x:1', [['q', 'status.x:1']]],
  ['status:', [['q', 'status:']]],
  ['replayof:06fz', [['replayOf', '06fz']]],
])('%s is read', (text, want) => {
  expect(parse(text)).toEqual(want.map(([field, value]) => ({ field, value })))
})

test.each(['status:401', 'header.x-event:push', 'body.name:"Ada L"', 'header:x-event', 'free text'])('%s is written as it was', (text) => {
  expect(parse(text).map(write).join(' ')).toBe(text)
})

test('a URL becomes what the API is asked for', () => {
  const now = Date.UTC(2026, 0, 2)
  expect(filterOf({ outcome: 'rejected', status: '401', since: '24h', id: 'x', workflow: '' }, now)).toEqual({
    outcome: 'rejected', status: 401, from: '2026-01-01T00:00:00.000Z',
  })
  expect(filterOf({ status: 'nonsense', since: 'ever', from: 'a', to: 'b' }, now)).toEqual({ from: 'a', to: 'b' })
})

test('what is open does not change the list', () => {
  expect(keyOf({ q: 'a', id: '1', tab: 'request' })).toEqual({ q: 'a' })
  expect(hasFilter({ id: '1', tab: 'request' })).toBe(false)
  expect(hasFilter({ since: '1h' })).toBe(true)
  expect(tokensOf({ q: 'a', status: '401', outcome: 'rejected' })).toEqual([{ field: 'status', value: '401' }, { field: 'q', value: 'a' }])
})
