import { useEffect, useRef } from 'react'

interface Keys {
  /** j and k: one down, one up. */
  move: (by: 1 | -1) => void
  /** Enter. */
  open: () => void
}

const writes = 'input, textarea, select, [contenteditable], [role="dialog"], [role="combobox"]'
const acts = 'a, button, [role="menuitem"], [role="tab"]'

/** useKeys goes through a list by keyboard, wherever the focus is but in a field. */
export function useKeys(keys: Keys) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const on = event.target as HTMLElement
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || on.closest(writes)) return
      if (event.key === 'j') latest.current.move(1)
      else if (event.key === 'k') latest.current.move(-1)
      else if (event.key === 'Enter' && !on.closest(acts)) latest.current.open()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
