import { useState } from 'react'

/** rangeOf are the ids from one to another, both included, in the order of the list. */
export function rangeOf(ids: string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** useSelection is which rows are chosen: one by one, or from the last one to another. */
export function useSelection(ids: string[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string | null>(null)
  const select = (id: string, range: boolean) => {
    setAnchor(id)
    if (range && anchor) return setSelected(new Set([...selected, ...rangeOf(ids, anchor, id)]))
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const clear = () => {
    setAnchor(null)
    setSelected(new Set())
  }
  return { selected, select, clear }
}
