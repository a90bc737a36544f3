import { useLayoutEffect, useMemo, useRef } from 'react'

/** useStable is the same functions at every render, each doing what it would do now: rows that have not changed are then
 * not drawn again. */
export function useStable<T extends object>(actions: T): T {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  const names = Object.keys(actions).join()
  return useMemo(
    () => Object.fromEntries(names.split(',').map((name) => [name, (...args: unknown[]) => (latest.current[name as keyof T] as (...args: unknown[]) => unknown)(...args)])) as T,
    [names],
  )
}
