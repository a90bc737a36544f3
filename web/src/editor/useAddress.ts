import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'

import { show, select, useEditor } from './store'

export type Panel = 'revisions' | 'settings' | 'problems' | 'outline'

/** useAddress keeps what is looked at in the address: the node, the panel, a former revision. */
export function useAddress() {
  const { node, panel, revision } = useSearch({ strict: false })
  const navigate = useNavigate()
  const selected = useEditor((editor) => editor.selected)
  const written = useRef(node)
  const change = useCallback(
    (search: Record<string, string | undefined>) => void navigate({ to: '.', search: (old: Record<string, string | undefined>) => ({ ...old, ...search }), replace: true }),
    [navigate],
  )
  useEffect(() => {
    if ((selected ?? undefined) === written.current) return
    written.current = selected ?? undefined
    change({ node: written.current })
  }, [selected, change])
  useEffect(() => {
    // Another node in the address than the one written there: somebody followed a link.
    if (node === written.current) return
    written.current = node
    if (node === undefined) select(null)
    else show(node)
  }, [node])
  return {
    panel: panel as Panel | undefined,
    revision: /^\d+$/.test(revision ?? '') ? Number(revision) : undefined,
    setPanel: useCallback((next: Panel | undefined) => change({ panel: next }), [change]),
    setRevision: useCallback((n: number | undefined) => change({ revision: n === undefined ? undefined : String(n) }), [change]),
  }
}
