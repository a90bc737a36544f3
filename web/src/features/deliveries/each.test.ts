import { expect, test } from 'vitest'

import { each } from './each'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']

test('every id is done once, and failures are told', async () => {
  const seen: string[] = []
  const result = await each(ids, async (id) => {
    seen.push(id)
    if (id === 'c') throw new Error('gone')
  }, { stopped: () => false, onProgress: () => undefined })
  expect(seen.toSorted()).toEqual(ids)
  expect(result).toEqual({ done: 6, failed: [{ id: 'c', error: new Error('gone') }] })
})

test('what is stopped begins nothing more', async () => {
  let done = 0
  const result = await each(ids, async () => undefined, { stopped: () => done >= 2, onProgress: (n) => (done = n) })
  expect(result.done).toBeLessThan(ids.length)
})
