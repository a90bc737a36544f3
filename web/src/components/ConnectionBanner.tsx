import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'

/** A slim bar while the server cannot be reached; it goes by itself when the server is back. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [lost, setLost] = useState(false)
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        if (query.state.error instanceof ApiError && query.state.error.problem.status === 0) setLost(true)
      }),
    [queries],
  )
  useEffect(() => {
    if (!lost) return
    const timer = setInterval(() => {
      void fetch('/healthz').then((answer) => {
        if (!answer.ok) return
        setLost(false)
        void queries.invalidateQueries()
      }, () => undefined)
    }, 2000)
    return () => clearInterval(timer)
  }, [lost, queries])
  if (!lost) return null
  return (
    <div role="status" style={{ padding: '6px 16px', background: 'var(--warn-tint)', color: 'var(--warn)' }}>
      {t('common:connectionLost')}
    </div>
  )
}
