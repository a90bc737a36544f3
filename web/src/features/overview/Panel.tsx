import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'

import { ErrorState } from '@/components/ErrorState'

interface Props<T> {
  title: string
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}

/** A titled panel around what a query answers. */
export function Panel<T>({ title, query, children }: Props<T>) {
  return (
    <section className="panel overview-panel" aria-label={title}>
      <h2>{title}</h2>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      )}
    </section>
  )
}
