import { expect, test } from 'vitest'

import { addressOfHit } from './hits'

test.each([
  [{ kind: 'workflow', key: 'a-b', title: '' }, '/workflows/a-b'],
  [{ kind: 'node', key: 'n 1', title: '', workflow: 'a' }, '/workflows/a?node=n%201'],
  [{ kind: 'collection', key: 'people', title: '' }, '/collections/people'],
  [{ kind: 'delivery', key: '0s', title: '' }, '/deliveries?id=0s'],
  [{ kind: 'execution', key: '0s', title: '' }, '/executions/0s'],
] as const)('%o is at %s', (hit, address) => {
  expect(addressOfHit(hit)).toBe(address)
})
