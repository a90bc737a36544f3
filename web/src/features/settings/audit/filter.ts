import { useNavigate, useSearch } from '@tanstack/react-router'

import type { AuditFilter } from '@/api/audit'

const names = ['actor', 'action', 'kind', 'object', 'since', 'from', 'to'] as const satisfies readonly (keyof AuditFilter)[]

/** useAuditFilter is what of the log is asked for, as it stands in the URL. */
export function useAuditFilter() {
  const search = useSearch({ from: '/shell/settings/$section' })
  const navigate = useNavigate()
  const given = names.filter((name) => search[name])
  const filter: AuditFilter = Object.fromEntries(given.map((name) => [name, search[name]]))
  const set = (change: AuditFilter) => void navigate({ to: '.', search: { ...filter, ...change }, replace: true })
  const clear = () => void navigate({ to: '.', search: {}, replace: true })
  return { filter, filtered: given.length > 0, set, clear }
}
