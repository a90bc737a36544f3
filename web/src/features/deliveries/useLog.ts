import { useEffect, useEffectEvent, useMemo, useState } from 'react'

import { streamOf, useDeliveries, useRestart, type DeliveryItem } from '@/api/deliveries'
import { follow } from '@/api/events'

import { filterOf, keyOf, periodOf, type LogSearch } from './filter'
import { arrive, merge, nothingLive, release as released, type Live } from './live'

const batchMs = 250

/** How the live view stands; off: what is listed has an end, or the server refuses. */
export type LiveState = 'off' | 'connecting' | 'live' | 'lost'

/** useLog is the log of a URL: what is listed, and what comes in since. While held, what comes in
 * waits until it is released. */
export function useLog(search: LogSearch, held: boolean) {
  const key = JSON.stringify(keyOf(search))
  const list = useDeliveries(key, () => filterOf(search, Date.now()))
  const [live, setLive] = useState<Live>(nothingLive)
  const [state, setState] = useState<LiveState>('connecting')
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const ready = list.isSuccess && !list.isPlaceholderData
  const take = useEffectEvent((items: DeliveryItem[]) => setLive((now) => arrive(now, items, held)))
  const begin = useEffectEvent(() => {
    const stream = batched((items) => take(items))
    const stop = follow(streamOf(livePart(search)), {
      after: listed[0]?.id,
      onEvent: ({ event, data }) => event === 'delivery' && stream.add(JSON.parse(data) as DeliveryItem),
      onConnected: (connected) => setState(connected ? 'live' : 'lost'),
      onRefused: () => setState('off'),
    })
    return () => {
      stop()
      stream.stop()
    }
  })
  const ends = Boolean(search.to)
  useEffect(() => {
    setLive(nothingLive)
    setState(ends ? 'off' : 'connecting')
    return ready && !ends ? begin() : undefined
  }, [key, ready, ends])

  const restart = useRestart(key)
  const release = () => {
    setLive(live.overflown ? nothingLive : released)
    if (live.overflown) restart()
  }
  return { list, ...useMemo(() => merge(live, listed), [live, listed]), overflown: live.overflown, state, release }
}

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
