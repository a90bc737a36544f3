import { afterEach, expect, test, vi } from 'vitest'

import { eventParser, follow, type ServerEvent } from './events'

function parsed(...pieces: string[]) {
  const events: ServerEvent[] = []
  const parse = eventParser((event) => events.push(event))
  for (const piece of pieces) parse(piece)
  return events
}

test('events are read from pieces of any size', () => {
  const text = 'retry: 2000\n\nevent: delivery\nid: 7\ndata: {"a":\ndata: 1}\n\n: still here\n\ndata: x\r\n\r\n'
  const want = [
    { event: 'delivery', id: '7', data: '{"a":\n1}' },
    { event: 'message', id: '', data: 'x' },
  ]
  expect(parsed(text)).toEqual(want)
  expect(parsed(...text)).toEqual(want)
})

const answer = (text: string) => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } })

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a lost stream goes on after its last event', async () => {
  vi.useFakeTimers()
  const asked: (string | undefined)[] = []
  const answers = [answer('id: 8\ndata: a\n\n'), new Response('restarting', { status: 503 }), answer('id: 9\ndata: b\n\n')]
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push((init.headers as Record<string, string>)['Last-Event-ID'])
    return Promise.resolve(answers.shift() ?? new Response('', { status: 403 }))
  })
  const heard: string[] = []
  const refused = vi.fn()
  follow('/stream', { after: '7', onEvent: ({ data }) => heard.push(data), onRefused: refused })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(heard).toEqual(['a', 'b'])
  expect(asked).toEqual(['7', '8', '8', '9'])
  expect(refused).toHaveBeenCalledOnce()
})
