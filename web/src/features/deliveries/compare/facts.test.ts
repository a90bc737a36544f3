import { expect, test } from 'vitest'

import type { Delivery } from '@/api/deliveries'

import { differs, facts, headers } from './facts'

const delivery = (outcome: string, ...lines: [string, string][]) =>
  ({ outcome, reason: '', status: 202, method: 'POST', url: 'http://h/a', ip: '::1', request: { headers: lines.map(([name, value]) => ({ name, value })) } }) as unknown as Delivery

test('headers are compared by their names', () => {
  const lines = headers(delivery('accepted', ['A', '1'], ['B', 'x'], ['b', 'y']), delivery('accepted', ['a', '1'], ['B', 'x'], ['C', '']))
  expect(lines).toEqual([
    { name: 'a', left: '1', right: '1' },
    { name: 'b', left: 'x, y', right: 'x' },
    { name: 'c', left: undefined, right: '' },
  ])
  expect(lines.filter(differs).map(({ name }) => name)).toEqual(['b', 'c'])
})

test('facts that differ are found', () => {
  expect(facts(delivery('accepted'), delivery('rejected')).filter(differs)).toEqual([{ name: 'outcome', left: 'accepted', right: 'rejected' }])
})
