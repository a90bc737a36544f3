import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'

import { sampleKey } from '@/api/drafts'
import type { Following } from '@/api/events'

import { useListener } from './useListener'

const streams: { address: string; following: Following; left: boolean }[] = []

vi.mock('../save', () => ({ save: () => Promise.resolve(true) }))
vi.mock('@/api/events', () => ({
  follow: (address: string, following: Following) => {
    const stream = { address, following, left: false }
    streams.push(stream)
    return () => {
      stream.left = true
    }
  },
}))

const client = new QueryClient()
const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>
const event = (name: string, data: object) => ({ event: name, id: '', data: JSON.stringify(data) })
const sample = (id: string, outcome: string) => event('sample', { id, delivery: id, outcome, takenAt: '', detail: '', reason: '', verification: null, request: { method: 'POST', url: '/' } })
const tell = (index: number, what: ReturnType<typeof event>) => act(() => streams[index]?.following.onEvent(what))

async function listening() {
  const hook = renderHook(() => useListener('orders'), { wrapper })
  await act(async () => hook.result.current.start())
  act(() => streams[0]?.following.onConnected?.(true))
  return hook
}

beforeEach(() => {
  streams.length = 0
  client.clear()
})

test('it goes on after a request that was refused, and ends with one that was not', async () => {
  const { result } = await listening()
  expect(result.current.phase).toBe('armed')
  expect(streams[0]?.address).toMatch(/^\/api\/workflows\/orders\/listen\?timeout=\d+s$/)

  tell(0, sample('d1', 'rejected'))
  expect(streams).toHaveLength(2)
  expect(streams[0]?.left).toBe(true)

  tell(1, sample('d2', 'accepted'))
  expect(result.current.phase).toBe('received')
  expect(result.current.heard.map(({ id, outcome }) => [id, outcome])).toEqual([['d2', 'accepted'], ['d1', 'rejected']])
  expect(client.getQueryData(sampleKey('orders'))).toMatchObject({ id: 'd2' })
  expect(streams).toHaveLength(2)
})

test('requests that make no sample are told, and it goes on', async () => {
  const { result } = await listening()
  tell(0, event('delivery', { id: 'd1', receivedAt: '', method: 'GET', url: '/', outcome: 'handshake', reason: '', detail: '', why: 'no content', verification: null }))
  expect(result.current.phase).toBe('armed')
  expect(result.current.heard).toMatchObject([{ id: 'd1', detail: 'no content', sample: false }])
})

test('it ends when nobody waits any more', async () => {
  const timed = await listening()
  tell(0, event('timeout', {}))
  expect(timed.result.current.phase).toBe('timedOut')
  expect(streams[0]?.left).toBe(true)

  await act(async () => timed.result.current.start())
  act(() => timed.result.current.cancel())
  expect(timed.result.current.phase).toBe('cancelled')
  expect(streams[1]?.left).toBe(true)

  await act(async () => timed.result.current.start())
  timed.unmount()
  expect(streams[2]?.left).toBe(true)
})
