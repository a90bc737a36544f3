import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'

import { rangeOf, useSelection } from './useSelection'

test('a range goes both ways', () => {
  expect(rangeOf(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(rangeOf(['a', 'b'], 'gone', 'b')).toEqual(['b'])
})

test('rows are chosen one by one and from one to another', () => {
  const { result } = renderHook(() => useSelection(['a', 'b', 'c', 'd']))
  act(() => result.current.select('b', false))
  act(() => result.current.select('d', true))
  expect([...result.current.selected]).toEqual(['b', 'c', 'd'])
  act(() => result.current.select('c', false))
  expect([...result.current.selected]).toEqual(['b', 'd'])
  act(() => result.current.clear())
  expect(result.current.selected.size).toBe(0)
})
