import { create } from 'zustand'
import { useEffect, type ReactNode } from 'react'

interface Top {
  crumbs: ReactNode
  actions: ReactNode
  set: (crumbs: ReactNode, actions: ReactNode) => void
}

export const useTop = create<Top>((set) => ({ crumbs: null, actions: null, set: (crumbs, actions) => set({ crumbs, actions }) }))

/** useTopBar puts a page's breadcrumb and actions into the bar above it, for as long as the page is shown. */
export function useTopBar(crumbs: ReactNode, actions: ReactNode = null, deps: unknown[] = []) {
  const set = useTop((top) => top.set)
  // The page says by deps when its bar changes: elements are new at every render.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => set(crumbs, actions), [set, ...deps])
  useEffect(() => () => set(null, null), [set])
}
