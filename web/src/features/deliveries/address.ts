import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

import { fields, parse, tokensOf, write, type LogSearch } from './filter'

/** useAddress is what the log shows, which the URL keeps, and how to change it. */
export function useAddress() {
  const search: LogSearch = useSearch({ from: '/shell/deliveries' })
  const navigate = useNavigate()
  const change = useCallback(
    (changed: LogSearch, replace = false) =>
      void navigate({ to: '/deliveries', search: (old: LogSearch) => ({ ...old, ...changed }), replace }),
    [navigate],
  )
  /** Shows another search, and closes what was open. */
  const show = useCallback((next: LogSearch) => void navigate({ to: '/deliveries', search: next }), [navigate])
  const open = useCallback((id: string | undefined, replace = false) => change({ id, ...(id ? {} : { tab: undefined }) }, replace), [change])
  return { search, change, show, open }
}

/** chipsOf are the search's tokens as people write them. */
export const chipsOf = (search: LogSearch) => tokensOf(search).map(write)

/** withText is the search narrowed by what was typed. */
export const withText = (text: string): LogSearch => Object.fromEntries(parse(text).map(({ field, value }) => [field, value]))

/** withoutChip is the change that takes the token at an index away. */
export const withoutChip = (search: LogSearch, index: number): LogSearch => {
  const token = tokensOf(search)[index]
  return token ? { [token.field]: undefined } : {}
}

/** Takes every filter away. */
export const noFilter: LogSearch = Object.fromEntries([...fields, 'outcome', 'since', 'from', 'to'].map((name) => [name, undefined]))
