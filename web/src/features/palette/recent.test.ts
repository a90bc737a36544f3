import { afterEach, expect, test } from 'vitest'

import { recent, remember } from './recent'

afterEach(() => localStorage.clear())

const page = (to: string) => ({ id: to, kind: 'Page', title: to, to })

test('the newest page comes first, each once, six at most', () => {
  for (const n of [1, 2, 3, 4, 5, 6, 7, 3]) remember(page(`/${n}`))
  expect(recent().map((one) => one.to)).toEqual(['/3', '/7', '/6', '/5', '/4', '/2'])
})

test.each(['no JSON', '{}', 'null', '[null, {"to": "https://evil.example"}]', JSON.stringify([page('//evil.example')])])('%s is nothing', (kept) => {
  localStorage.setItem('hookflow.recent', kept)
  expect(recent()).toEqual([])
})
