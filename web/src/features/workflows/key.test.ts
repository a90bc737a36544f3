import { expect, test } from 'vitest'

import { keyOf, validKey } from './key'

test.each([
  ['GitHub push → deploy', 'github-push-deploy'],
  ['  Café & Crème!  ', 'cafe-creme'],
  ['飞书审批', 'workflow'],
  ['', 'workflow'],
  ['ＡＢＣ 12', 'abc-12'],
  ['-- --', 'workflow'],
  ['x'.repeat(200), 'x'.repeat(56)],
])('the title %s gives the key %s', (title, key) => {
  expect(keyOf(title)).toBe(key)
  expect(validKey(keyOf(title))).toBe(true)
})

test.each(['', '-a', 'A', 'a_b', 'a b', 'x'.repeat(65)])('%s is no key', (key) => {
  expect(validKey(key)).toBe(false)
})
