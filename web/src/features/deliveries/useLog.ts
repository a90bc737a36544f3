import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import { streamOf, useDeliveries, type DeliveryItem } from '@/api/deliveries'
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
  const holding = useRef(held)
  holding.current = held

  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const ready = list.isSuccess && !list.isPlaceholderData
  const after = useRef('')
  after.current = listed[0]?.id ?? ''
  useEffect(() => {
    setLive(nothingLive)
    setState(search.to ? 'off' : 'connecting')
    if (!ready || search.to) return
    const stream = batched((items) => setLive((now) => arrive(now, items, holding.current)))
    const stop = follow(streamOf(livePart(search)), {
      after: after.current,
      onEvent: ({ event, data }) => event === 'delivery' && stream.add(JSON.parse(data) as DeliveryItem),
      onConnected: (connected) => setState(connected ? 'live' : 'lost'),
      onRefused: () => setState('off'),
    })
    return () => {
      stop()
      stream.stop()
    }
    // The key says all of the search that counts here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, ready])

  const { refetch } = list
  const reload = useCallback(() => {
    setLive(nothingLive)
    void refetch()
  }, [refetch])
  const release = useCallback(() => (live.overflown ? reload() : setLive(released)), [live.overflown, reload])
  return { list, ...useMemo(() => merge(live, listed), [live, listed]), overflown: live.overflown, state, release, reload }
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
