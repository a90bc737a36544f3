import { Button, Skeleton } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useWorkflowTitles } from '@/api/workflows'
import { usePreferences } from '@/app/preferences'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import { VirtualRows, type Scroller } from '@/components/VirtualRows'

import { noFilter, useAddress } from './address'
import { hasFilter } from './filter'
import { Row } from './Row'
import { SelectionBar } from './SelectionBar'
import { Toolbar } from './Toolbar'
import { useLog } from './useLog'
import { useRowKeys } from './useRowKeys'
import { useSelection } from './useSelection'

const heights = { comfortable: 52, compact: 32 }

/** The list of requests with what narrows it. */
export function Log({ onCompare }: { onCompare: (ids: [string, string]) => void }) {
  const { t } = useTranslation()
  const { search, open } = useAddress()
  const density = usePreferences((preferences) => preferences.density)
  const titles = useWorkflowTitles()
  const [paused, setPaused] = useState(false)
  const [atTop, setAtTop] = useState(true)
  const log = useLog(search, paused || !atTop)
  const { items, list } = log
  const ids = items.map((item) => item.id)
  const { selected, select, clear } = useSelection(ids)
  const [active, setActive] = useState<string | null>(null)
  const current = active !== null && ids.includes(active) ? active : (ids[0] ?? null)
  const scroller = useRef<Scroller>(null)
  const focus = useFocusRow()
  const move = (id: string, index: number) => {
    setActive(id)
    scroller.current?.reveal(index)
    focus(id)
    if (search.id) open(id, true)
  }
  const find = useCallback(() => document.querySelector<HTMLElement>('.searchbar-input')?.focus(), [])
  useRowKeys({ ids, active: current, onMove: move, onSelect: select, onSearch: find, onClose: () => search.id && open(undefined) })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const showNew = () => {
    log.release()
    setPaused(false)
    scroller.current?.toTop()
  }
  return (
    <section className="dlv" data-density={density} aria-busy={list.isFetching}>
      <Toolbar live={log.state} paused={paused} onPause={setPaused} />
      <NewOnes count={log.waiting} overflown={log.overflown} onShow={showNew} />
      {items.length === 0 ? (
        <NoRows log={log} />
      ) : (
        <VirtualRows
          ref={scroller}
          items={items}
          keyOf={keyOf}
          height={heights[density]}
          label={t('deliveries:list')}
          onEnd={onEnd}
          onTop={setAtTop}
          footer={<Footer log={log} />}
          render={(delivery) => (
            <Row
              delivery={delivery}
              workflow={titles.data?.get(delivery.workflow ?? '')}
              active={delivery.id === current}
              open={delivery.id === search.id}
              selected={selected.has(delivery.id)}
              onSelect={select}
              onActive={setActive}
            />
          )}
        />
      )}
      {selected.size > 0 && <SelectionBar ids={ids.filter((id) => selected.has(id))} onCompare={onCompare} onClear={clear} />}
    </section>
  )
}

const keyOf = ({ id }: { id: string }) => id

/** useFocusRow puts the focus on a row as soon as it is drawn. */
function useFocusRow() {
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const frame = requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted)}"]`)?.focus({ preventScroll: true })
      setWanted(null)
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted])
  return setWanted
}

function NewOnes({ count, overflown, onShow }: { count: number; overflown: boolean; onShow: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = format.number(count)
  const text = overflown ? t('deliveries:live.many', { shown }) : t('deliveries:live.waiting', { count, shown })
  return (
    <div className="dlv-new" role="status">
      {count > 0 && (
        <button type="button" onClick={onShow}>
          {text}
        </button>
      )}
    </div>
  )
}

function NoRows({ log }: { log: ReturnType<typeof useLog> }) {
  const { t } = useTranslation()
  const { search, change } = useAddress()
  const navigate = useNavigate()
  const { list } = log
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data || list.isPlaceholderData) return <Loading />
  if (list.hasNextPage) return <Footer log={log} />
  if (hasFilter(search)) {
    return (
      <EmptyState title={t('deliveries:nothing.title')} text={t('deliveries:nothing.text')}>
        <Button onClick={() => change(noFilter)}>{t('deliveries:nothing.clear')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<Inbox size={28} />} title={t('deliveries:empty.title')} text={t('deliveries:empty.text')}>
      <Button type="primary" onClick={() => void navigate({ to: '/workflows' })}>
        {t('deliveries:empty.action')}
      </Button>
    </EmptyState>
  )
}

// Nothing flickers for what comes at once.
function Loading() {
  return (
    <div className="dlv-loading">
      <Skeleton active paragraph={{ rows: 12, width: '100%' }} title={false} />
    </div>
  )
}

/** What stands below the last row: that more is read, how far back was searched, or that this is all. */
function Footer({ log: { list } }: { log: ReturnType<typeof useLog> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const last = list.data?.pages.at(-1)
  if (list.isFetchNextPageError) return <ErrorState error={list.error} onRetry={() => void list.fetchNextPage()} />
  if (!list.hasNextPage) return <p className="dlv-foot muted">{t('deliveries:end')}</p>
  return (
    <p className="dlv-foot muted">
      {last?.searchedTo && <span>{t('deliveries:searched', { time: format.time(last.searchedTo) })}</span>}
      {list.isFetchingNextPage ? (
        <span role="status">{t('deliveries:loadingMore')}</span>
      ) : (
        <Button size="small" onClick={() => void list.fetchNextPage()}>
          {t('deliveries:searchOn')}
        </Button>
      )}
    </p>
  )
}
