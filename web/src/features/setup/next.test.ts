import { expect, test } from 'vitest'

import { safeNext } from './next'

test.each([
  ['/deliveries?q=status%3A401&id=1', '/deliveries?q=status%3A401&id=1'],
  ['/workflows/a#b', '/workflows/a#b'],
  [undefined, '/'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?next=/', '/'],
  ['/setup', '/'],
])('after the log-in %s leads to %s', (next, want) => {
  expect(safeNext(next, 'https://hooks.example')).toBe(want)
})
