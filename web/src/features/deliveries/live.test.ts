import { expect, test } from 'vitest'

import type { DeliveryItem } from '@/api/deliveries'

import { arrive, merge, nothingLive, release } from './live'

const items = (...ids: string[]) => ids.map((id) => ({ id }) as DeliveryItem)
const ids = (list: DeliveryItem[]) => list.map((item) => item.id).join('')

test('what comes in stands on top, newest first', () => {
  const live = arrive(arrive(nothingLive, items('d'), false), items('f', 'e'), false)
  const merged = merge(live, items('c', 'b'))
  expect(ids(merged.items)).toBe('fedcb')
  expect(merged.waiting).toBe(0)
})

test('what is held back waits until it is released', () => {
  const held = arrive(arrive(nothingLive, items('d'), false), items('e', 'f'), true)
  expect(merge(held, items('c'))).toEqual({ items: items('d', 'c'), waiting: 2 })
  expect(ids(merge(release(held), items('c')).items)).toBe('fedc')
})

test('nothing is there twice', () => {
  const live = arrive(arrive(nothingLive, items('d', 'd', 'e'), true), items('d', 'e', 'c'), true)
  expect(ids(live.waiting)).toBe('edc')
  expect(merge(live, items('d', 'c', 'b')).waiting).toBe(1)
  expect(ids(merge(release(live), items('d', 'c', 'b')).items)).toBe('edcb')
})

test('what comes after a pause brings along what waited', () => {
  const live = arrive(arrive(nothingLive, items('d'), true), items('e'), false)
  expect(ids(live.shown)).toBe('ed')
})

test('a flood is counted but not kept', () => {
  const flood = Array.from({ length: 1500 }, (_, n) => String(n).padStart(5, '0'))
  const live = arrive(nothingLive, items(...flood), false)
  expect(live.overflown).toBe(true)
  expect(live.shown).toHaveLength(0)
  expect(live.waiting).toHaveLength(1000)
})
