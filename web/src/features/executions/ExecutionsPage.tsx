import './executions.css'

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { History } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useExecutions, type ExecutionItem } from '@/api/executions'
import { useWorkflowTitles } from '@/api/workflows'
import { useTopBar } from '@/app/topbar'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { VirtualRows, type Scroller } from '@/components/VirtualRows'

import { Skeleton } from './detail/Skeleton'
import { useNow } from './detail/useNow'
import { Filters } from './list/Filters'
import { filterOf, hasFilter, type ListSearch } from './list/filter'
import { Row } from './list/Row'
import { useKeys } from './list/useKeys'
import { hasEnded } from './steps'

const rowHeight = 52

/** The executions, newest first. */
export function ExecutionsPage() {
  const { t } = useTranslation()
  const search: ListSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = (next: ListSearch) => void navigate({ to: '.', search: next, replace: true })
  useTopBar(<h1>{t('common:nav.executions')}</h1>, null, [t])
  const key = JSON.stringify(search)
  // A period is counted from when it was chosen.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const filter = useMemo(() => filterOf(search, Date.now()), [key])
  const list = useExecutions(filter)
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const cleared = () => change({})
  return (
    <div className="ex-page">
      <Filters search={search} onChange={change} />
      {list.error && items.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton rows={10} />
      ) : items.length === 0 ? (
        <Nothing filtered={hasFilter(search)} onClear={cleared} />
      ) : (
        <Rows items={items} list={list} />
      )}
    </div>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if (filtered) {
    return (
      <EmptyState icon={<History size={26} />} title={t('executions:list.noMatch')} text={t('executions:list.noMatchText')}>
        <Button onClick={onClear}>{t('executions:list.clear')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<History size={26} />} title={t('executions:list.empty')} text={t('executions:list.emptyText')}>
      <Button type="primary" onClick={() => void navigate({ to: '/workflows' })}>{t('executions:list.toWorkflows')}</Button>
    </EmptyState>
  )
}

type List = ReturnType<typeof useExecutions>

function Rows({ items, list }: { items: ExecutionItem[]; list: List }) {
  const { t } = useTranslation()
  const titles = useWorkflowTitles()
  const scroller = useRef<Scroller>(null)
  const now = useNow(items.some(({ status }) => !hasEnded(status)))
  const [current, setCurrent] = useState<string>()
  const navigate = useNavigate()
  const at = items.findIndex(({ id }) => id === current)
  useKeys({
    move: (by) => setCurrent(items[Math.min(items.length - 1, Math.max(0, at + by))]?.id),
    open: () => at >= 0 && void navigate({ to: '/executions/$id', params: { id: items[at]?.id ?? '' } }),
  })
  useEffect(() => {
    if (at >= 0) scroller.current?.reveal(at)
  }, [at])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  return (
    <div className={list.isPlaceholderData ? 'ex-list ex-stale' : 'ex-list'}>
      <VirtualRows
        ref={scroller}
        items={items}
        keyOf={({ id }) => id}
        height={rowHeight}
        label={t('common:nav.executions')}
        render={(item) => <Row item={item} title={titles.data?.get(item.workflow)} current={item.id === current} now={hasEnded(item.status) ? 0 : now} />}
        onEnd={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()}
        footer={<p className="ex-footer muted">{hasNextPage ? t('executions:list.reading') : t('executions:list.all', { count: items.length })}</p>}
      />
    </div>
  )
}
