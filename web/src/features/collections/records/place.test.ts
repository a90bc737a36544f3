import { expect, it } from 'vitest'

import { moved } from './place'

const size = { rows: 100, columns: 5, page: 10 }

it.each([
  ['ArrowDown', false, { row: 6, column: 2 }],
  ['ArrowUp', true, { row: 0, column: 2 }],
  ['Home', false, { row: 5, column: 0 }],
  ['End', true, { row: 99, column: 4 }],
  ['PageUp', false, { row: 0, column: 2 }],
  ['PageDown', false, { row: 15, column: 2 }],
])('%s leads on, far: %s', (key, far, to) => expect(moved({ row: 5, column: 2 }, key, far, size)).toEqual(to))

it('stays inside, and leaves other keys alone', () => {
  expect(moved({ row: 99, column: 4 }, 'ArrowRight', false, size)).toEqual({ row: 99, column: 4 })
  expect(moved({ row: 5, column: 2 }, 'x', false, size)).toBeNull()
})
