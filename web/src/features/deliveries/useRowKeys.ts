import { useEffect, useEffectEvent } from 'react'

interface RowKeys {
  ids: string[]
  /** The row that the keys are at. */
  active: string | null
  /** Moves to a row: it is brought into sight and gets the focus. */
  onMove: (id: string, index: number) => void
  onSelect: (id: string, range: boolean) => void
  onSearch: () => void
  onClose: () => void
}

/** useRowKeys moves through a list by j and k, selects by x, with shift a range, and searches by /. */
export function useRowKeys(keys: RowKeys) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
    if (act(event, keys)) event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

// Whoever types, or is in a dialog or a menu, means something else.
const isBusy = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=tree], [role=tablist]') !== null

const inList = (event: KeyboardEvent) => event.target instanceof Element && event.target.closest('[role=list]') !== null

function act(event: KeyboardEvent, { ids, active, onMove, onSelect, onSearch, onClose }: RowKeys): boolean {
  const step = stepOf(event)
  if (step !== 0) {
    const at = active === null ? -1 : ids.indexOf(active)
    const index = at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))
    const id = ids[index]
    if (id === undefined) return false
    if (event.shiftKey && active) onSelect(id, true)
    onMove(id, index)
    return true
  }
  if (event.key === '/') onSearch()
  else if (event.key === 'Escape') onClose()
  else if (event.key.toLowerCase() === 'x' && active) onSelect(active, event.shiftKey)
  else return false
  return true
}

function stepOf(event: KeyboardEvent): number {
  const key = event.key.toLowerCase()
  if (key === 'j' || (key === 'arrowdown' && inList(event))) return 1
  return key === 'k' || (key === 'arrowup' && inList(event)) ? -1 : 0
}
