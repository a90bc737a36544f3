import { useEffect, useEffectEvent, useMemo, useState } from 'react'

import { streamOf, useDeliveries, useRestart, type DeliveryItem } from '@/api/deliveries'
import { follow } from '@/api/events'

import { filterOf, keyOf, periodOf, type LogSearch } from './filter'
import { arrive, merge, nothingLive, release as released, type Live } from './live'

const batchMs = 250

/** How the live view stands; off: what is listed has an end, or the server refuses. */
export type LiveState = 'off' | 'connecting' | 'live' | 'lost'

interface Stream {
  /** Of which search. */
  key: string
  live: Live
  connection: LiveState
}

/** useLog is the log of a URL: what is listed, and what comes in since. While held, what comes in
 * waits until it is released. */
export function useLog(search: LogSearch, held: boolean) {
  const key = JSON.stringify(keyOf(search))
  const list = useDeliveries(key, () => filterOf(search, Date.now()))
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const ends = Boolean(search.to)
  const ready = list.isSuccess && !list.isPlaceholderData && !ends
  const [latest, setLatest] = useState<Stream>(() => fresh(key))
  const { live, connection } = latest.key === key ? latest : fresh(key)
  const change = (of: string, to: (now: Stream) => Partial<Stream>) =>
    setLatest((stream) => {
      const now = stream.key === of ? stream : fresh(of)
      return { ...now, ...to(now) }
    })
  const receive = useEffectEvent((of: string, items: DeliveryItem[]) => change(of, (now) => ({ live: arrive(now.live, items, held) })))
  const begin = useEffectEvent((of: string) => {
    const take = batched((items) => receive(of, items))
    const stop = follow(streamOf(livePart(search)), {
      after: listed[0]?.id,
      onEvent: ({ event, data }) => event === 'delivery' && take.add(JSON.parse(data) as DeliveryItem),
      onConnected: (connected) => change(of, () => ({ connection: connected ? 'live' : 'lost' })),
      onRefused: () => change(of, () => ({ connection: 'off' })),
    })
    return () => {
      stop()
      take.stop()
    }
  })
  useEffect(() => (ready ? begin(key) : undefined), [key, ready])

  const restart = useRestart(key)
  const release = () => {
    change(key, (now) => ({ live: now.live.overflown ? nothingLive : released(now.live) }))
    if (live.overflown) restart()
  }
  const merged = useMemo(() => merge(live, listed), [live, listed])
  return { list, ...merged, overflown: live.overflown, state: ends ? 'off' : connection, release }
}

const fresh = (key: string): Stream => ({ key, live: nothingLive, connection: 'connecting' })

/** What a stream can be narrowed by: what comes in is never before a period's beginning. */
const livePart = (search: LogSearch) => filterOf(periodOf(search.since) ? { ...search, since: undefined, from: undefined } : search, 0)

// Many at once are drawn once.
function batched(flush: (items: DeliveryItem[]) => void) {
  let items: DeliveryItem[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    timer = undefined
    flush(items)
    items = []
  }
  return {
    add: (item: DeliveryItem) => {
      items.push(item)
      timer ??= setTimeout(now, batchMs)
    },
    stop: () => clearTimeout(timer),
  }
}
