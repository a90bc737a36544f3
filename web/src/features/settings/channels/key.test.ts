import { expect, test } from 'vitest'

import { keyOf } from './key'

test.each([
  ['Ops team: #alerts', 'slack', 'ops-team-alerts'],
  ['运维群', 'feishu_robot', 'feishu-robot'],
  ['', 'smtp', 'smtp'],
  [`${'a'.repeat(63)} b`, 'smtp', 'a'.repeat(63)],
])('%s by %s gets the key %s', (title, type, want) => {
  expect(keyOf(title, { type })).toBe(want)
})
