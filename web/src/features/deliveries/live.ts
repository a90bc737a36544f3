import type { DeliveryItem } from '@/api/deliveries'

/** What came in since the list was read, newest first: shown, or held back so that no row jumps. */
export interface Live {
  shown: DeliveryItem[]
  waiting: DeliveryItem[]
  /** So much came in that the list should rather be read again. */
  overflown: boolean
}

export const nothingLive: Live = { shown: [], waiting: [], overflown: false }

const most = 1000

/** arrive adds what came in, held back or not. Deliveries are known by their id: one that is told
 * twice, as after a restart of the server, is there once. */
export function arrive(live: Live, items: DeliveryItem[], hold: boolean): Live {
  const known = new Set([...live.shown, ...live.waiting].map((item) => item.id))
  const fresh = newestFirst(items.filter((item) => !known.has(item.id) && known.add(item.id)))
  if (fresh.length === 0) return live
  const waiting = newestFirst([...fresh, ...live.waiting])
  const overflown = live.overflown || live.shown.length + waiting.length > most
  if (overflown) return { ...live, waiting: waiting.slice(0, most), overflown }
  return hold ? { ...live, waiting } : { shown: newestFirst([...waiting, ...live.shown]), waiting: [], overflown }
}

/** release shows what was held back. */
export const release = (live: Live): Live => ({ shown: newestFirst([...live.waiting, ...live.shown]), waiting: [], overflown: live.overflown })

/** merge is the list with what came in since, and how many are held back that it does not show. */
export function merge(live: Live, listed: DeliveryItem[]): { items: DeliveryItem[]; waiting: number } {
  const known = new Set(listed.map((item) => item.id))
  const items = newestFirst([...live.shown.filter((item) => !known.has(item.id)), ...listed])
  return { items, waiting: live.waiting.filter((item) => !known.has(item.id)).length }
}

// Ids sort by age.
const newestFirst = (items: DeliveryItem[]) => items.toSorted((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0))
