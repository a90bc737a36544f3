import { useCallback, useRef, useState } from 'react'

/** rangeOf are the ids from one to another, both included, in the order of the list. */
export function rangeOf(ids: string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** useSelection is which rows are chosen: one by one, or from the last one to another. */
export function useSelection(ids: string[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const anchor = useRef<string | null>(null)
  const all = useRef(ids)
  all.current = ids
  const select = useCallback((id: string, range: boolean) => {
    const from = anchor.current
    anchor.current = id
    setSelected((now) => {
      if (range && from) return new Set([...now, ...rangeOf(all.current, from, id)])
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const clear = useCallback(() => {
    anchor.current = null
    setSelected(new Set())
  }, [])
  return { selected, select, clear }
}
