import { problemOf, ApiError } from './client'

/** One server-sent event. */
export interface ServerEvent {
  event: string
  id: string
  data: string
}

/** What happens on a stream of events. */
export interface Following {
  onEvent: (event: ServerEvent) => void
  /** Called when the connection stands, and when it has been lost and is tried again. */
  onConnected?: (connected: boolean) => void
  /** Called when the server refuses the stream; it is not tried again. */
  onRefused?: (error: ApiError) => void
  /** The last event that is already known: the stream goes on after it. */
  after?: string
}

const firstPause = 500
const longestPause = 15_000

/** follow reads a stream of server-sent events until it is stopped by the returned function. A lost
 * connection is taken up again after the last event; EventSource would forget that event when a
 * restarting server answers with an error. */
export function follow(address: string, following: Following): () => void {
  const stopping = new AbortController()
  void keepReading(address, following, stopping.signal)
  return () => stopping.abort()
}

async function keepReading(address: string, { onEvent, onConnected, onRefused, after = '' }: Following, signal: AbortSignal) {
  let last = after
  for (let pause = firstPause; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      const stream = await open(address, last, signal)
      onConnected?.(true)
      pause = firstPause
      // oxlint-disable-next-line no-await-in-loop
      await read(stream, (event) => {
        if (event.id) last = event.id
        onEvent(event)
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && refused.has(error.problem.status)) return onRefused?.(error)
    }
    onConnected?.(false)
    // oxlint-disable-next-line no-await-in-loop
    await rest(pause, signal)
  }
}

// The same question would get the same answer.
const refused = new Set([400, 401, 403, 404, 422])

async function open(address: string, last: string, signal: AbortSignal) {
  const headers = { Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) }
  const response = await fetch(address, { headers, credentials: 'same-origin', signal })
  if (!response.ok || !response.body) throw new ApiError(await problemOf(response))
  return response.body
}

async function read(stream: ReadableStream<Uint8Array>, onEvent: (event: ServerEvent) => void) {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  const parse = eventParser(onEvent)
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { done, value } = await reader.read()
    if (done) return
    parse(decoder.decode(value, { stream: true }))
  }
}

/** eventParser takes the text of a stream in pieces of any size and calls back for each event. */
export function eventParser(onEvent: (event: ServerEvent) => void): (text: string) => void {
  let rest = ''
  let event: ServerEvent = { event: 'message', id: '', data: '' }
  return (text) => {
    const lines = (rest + text).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (event.data) onEvent({ ...event, data: event.data.slice(0, -1) })
        event = { event: 'message', id: '', data: '' }
        continue
      }
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
      if (field === 'data') event.data += `${value}\n`
      else if (field === 'event' || field === 'id') event[field] = value ?? ''
    }
  }
}

const rest = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    }, { once: true })
  })
