import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import { sampleKey, type Sample } from '@/api/drafts'
import type { DeliveryItem } from '@/api/endpoint'
import { follow } from '@/api/events'

import { save } from '../save'

/** A request that came while somebody listened. */
export interface Heard {
  /** Of the delivery, or of the sample when it has no delivery. */
  id: string
  at: string
  method: string
  url: string
  outcome: string
  reason: string
  detail: string
  report: DeliveryItem['verification']
  /** Whether it is the sample now. */
  sample: boolean
}

/** armed: the server waits with us; received: a request passed; the others say why nobody waits any more. */
export type Phase = 'idle' | 'starting' | 'armed' | 'received' | 'timedOut' | 'cancelled' | 'failed'

export interface Listener {
  phase: Phase
  /** When it ends by itself, in milliseconds since 1970. */
  until: number
  /** Newest first. */
  heard: Heard[]
  error: unknown
  start: () => void
  cancel: () => void
}

/** How long it listens: as long as connecting a provider takes. */
const wait = 10 * 60_000
const mostHeard = 20

/** useListener waits for the next request to a workflow until one passes, and makes it the sample. One that is refused is
 * told, and the wait goes on. It ends when the drawer is closed. */
export function useListener(key: string): Listener {
  const client = useQueryClient()
  const [state, setState] = useState<Omit<Listener, 'start' | 'cancel'>>({ phase: 'idle', until: 0, heard: [], error: null })
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])

  const end = useCallback((phase: Phase, error: unknown = null) => {
    stop.current()
    stop.current = () => undefined
    setState((old) => ({ ...old, phase, error }))
  }, [])

  const start = useCallback(() => {
    stop.current()
    const until = Date.now() + wait
    const session = { stopped: false, leave: () => undefined as void }
    const timer = setTimeout(() => end('timedOut'), wait)
    stop.current = () => {
      session.stopped = true
      clearTimeout(timer)
      session.leave()
    }
    setState((old) => ({ ...old, phase: 'starting', until, error: null }))
    const hear = (heard: Heard) => setState((old) => ({ ...old, heard: [heard, ...old.heard.filter(({ id }) => id !== heard.id)].slice(0, mostHeard) }))
    const listen = () => {
      if (session.stopped) return
      const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000))
      session.leave = follow(`/api/workflows/${encodeURIComponent(key)}/listen?timeout=${seconds}s`, {
        onConnected: (connected) => !session.stopped && setState((old) => ({ ...old, phase: connected ? 'armed' : 'starting' })),
        onRefused: (error) => end('failed', error),
        onEvent: ({ event, data }) => {
          if (session.stopped) return
          if (event === 'delivery') hear(ofDelivery(JSON.parse(data) as DeliveryItem & { why?: string }))
          if (event === 'timeout') end('timedOut')
          if (event !== 'sample') return
          const sample = JSON.parse(data) as Sample
          client.setQueryData(sampleKey(key), sample)
          void client.invalidateQueries({ queryKey: ['deliveries', 'recent', key] })
          hear(ofSample(sample))
          session.leave()
          if (sample.outcome === 'rejected') listen()
          else end('received')
        },
      })
    }
    // The test URL answers with what is saved.
    void save().then(listen)
  }, [key, client, end])

  const cancel = useCallback(() => end('cancelled'), [end])
  return useMemo(() => ({ ...state, start, cancel }), [state, start, cancel])
}

const ofDelivery = ({ id, receivedAt, method, url, outcome, reason, detail, why, verification }: DeliveryItem & { why?: string }): Heard => ({
  id, method, url, outcome, reason, at: receivedAt, detail: detail || why || '', report: verification, sample: false,
})

const ofSample = ({ id, delivery, takenAt, request, outcome, reason, detail, verification }: Sample): Heard => ({
  id: delivery ?? id, at: takenAt, method: request?.method ?? '', url: request?.url ?? '', outcome: outcome ?? 'accepted', reason: reason ?? '', detail, report: verification, sample: true,
})
