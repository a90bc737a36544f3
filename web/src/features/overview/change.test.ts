import { expect, test } from 'vitest'

import { change } from './change'

test.each([
  [120, 100, { direction: 'up', share: 0.2 }],
  [50, 100, { direction: 'down', share: 0.5 }],
  [0, 0, { direction: 'same', share: 0 }],
  [3, 0, { direction: 'up', share: null }],
  [0, 3, { direction: 'down', share: 1 }],
  [null, 3, null],
  [3, null, null],
  [undefined, undefined, null],
])('%s after %s', (now, before, want) => {
  const got = change(now, before)
  expect(got && { ...got, share: got.share === null ? null : Math.round(got.share * 1e9) / 1e9 }).toEqual(want)
})
