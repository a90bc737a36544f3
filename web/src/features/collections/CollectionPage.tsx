import './collections.css'

import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { Plus } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollection, type Collection } from '@/api/collections'
import { useRecords } from '@/api/records'
import { useMay } from '@/api/session'
import { useTopBar } from '@/app/topbar'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { SplitPane } from '@/components/SplitPane'

import { useColumns } from './records/columns'
import { Grid } from './records/Grid'
import { RecordPane } from './records/RecordPane'
import { SelectionBar } from './records/SelectionBar'
import { Toolbar, type View } from './records/Toolbar'
import { FieldsDialog } from './schema/FieldsDialog'
import { ImportDialog } from './transfer/ImportDialog'
import { ImportTray } from './transfer/ImportTray'
import { isMany } from './types'

type Search = Record<string, string | undefined>

/** A table: its records as a grid, and the one that is open beside it. */
export function CollectionPage() {
  const { t } = useTranslation()
  const { name } = useParams({ from: '/shell/collections/$name' })
  const collection = useCollection(name)
  const editor = useMay('editor')
  const navigate = useNavigate()
  const title = collection.data?.title || name
  useTopBar(
    <>
      <Link to="/collections">{t('collections:title')}</Link>
      <span className="muted">{'/'}</span>
      <h1 className="cut">{title}</h1>
    </>,
    editor && collection.data ? (
      <Button type="primary" icon={<Plus size={14} />} onClick={() => void navigate({ to: '/collections/$name', params: { name }, search: (old: Search) => ({ ...old, record: 'new' }) })}>
        {t('collections:record.add')}
      </Button>
    ) : null,
    [t, title, name, editor, collection.data, navigate],
  )
  if (collection.isError) return <ErrorState error={collection.error} onRetry={() => void collection.refetch()} />
  if (!collection.data) return <div className="collections-loading"><Skeleton active title={false} paragraph={{ rows: 8 }} /></div>
  return <Records key={name} collection={collection.data} />
}

const none: ReadonlySet<string> = new Set()

function Records({ collection }: { collection: Collection }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { name } = collection
  const { filter, sort, q, record } = useSearch({ from: '/shell/collections/$name' })
  const [selected, setSelected] = useState(none)
  const [dialog, setDialog] = useState<'import' | 'fields'>()
  const columns = useColumns(collection.name, collection.fields)
  const relations = columns.columns.filter(({ field }) => field.type === 'relation' && !isMany(field)).map(({ field }) => field.name)
  const list = useRecords(collection.name, { filter: filter || undefined, sort: sort || undefined, q: q || undefined, with: relations.join(',') || undefined })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const go = useCallback((part: View & { record?: string }, replace = false) => void navigate({ to: '/collections/$name', params: { name }, search: (old: Search) => ({ ...old, ...part }), replace }), [navigate, name])
  const onView = useCallback((part: View) => (setSelected(none), go(part, true)), [go])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage])
  const close = () => {
    go({ record: undefined })
    document.querySelector<HTMLElement>('.collections-grid')?.focus()
  }
  const total = list.data?.pages[0]?.total
  const narrowed = Boolean(filter || q)
  const chosen = rows.filter(({ id }) => selected.has(id))
  return (
    <SplitPane
      name="record"
      label={t('collections:record.pane')}
      onClose={close}
      side={record ? <RecordPane key={record} collection={collection} id={record} onClose={close} onMade={(id) => go({ record: id }, true)} /> : null}
    >
      <Toolbar collection={collection} view={{ filter, sort, q }} onView={onView} columns={columns} total={total} onDialog={setDialog} />
      <ImportTray collection={collection.name} />
      {list.isError && !list.isPlaceholderData ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <div className="collections-loading"><Skeleton active title={false} paragraph={{ rows: 8 }} /></div>
      ) : rows.length === 0 ? (
        <Nothing narrowed={narrowed} onClear={() => onView({ filter: undefined, q: undefined })} onAdd={() => go({ record: 'new' })} onImport={() => setDialog('import')} />
      ) : (
        <Grid
          collection={collection.name}
          label={t('collections:grid.label', { name: collection.title || collection.name })}
          rows={rows}
          total={total}
          columns={columns.columns}
          sort={sort}
          onSort={(next) => onView({ sort: next })}
          onResize={columns.resize}
          selected={selected}
          onSelect={setSelected}
          opened={record}
          onOpen={(row) => go({ record: row.id })}
          onClose={close}
          onEnd={more}
          stale={list.isPlaceholderData}
        />
      )}
      {chosen.length > 0 && <SelectionBar collection={collection.name} rows={chosen} onClear={() => setSelected(none)} />}
      {dialog === 'import' && <ImportDialog collection={collection} onClose={() => setDialog(undefined)} />}
      {dialog === 'fields' && <FieldsDialog collection={collection} onClose={() => setDialog(undefined)} />}
    </SplitPane>
  )
}

interface NothingProps {
  narrowed: boolean
  onClear: () => void
  onAdd: () => void
  onImport: () => void
}

function Nothing({ narrowed, onClear, onAdd, onImport }: NothingProps) {
  const { t } = useTranslation()
  const editor = useMay('editor')
  if (narrowed) {
    return (
      <EmptyState title={t('collections:nothing.title')} text={t('collections:nothing.text')}>
        <Button onClick={onClear}>{t('collections:nothing.clear')}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('collections:noRecords.title')} text={t('collections:noRecords.text')}>
      {editor && (
        <>
          <Button type="primary" onClick={onAdd}>{t('collections:record.add')}</Button>
          <Button onClick={onImport}>{t('collections:import.button')}</Button>
        </>
      )}
    </EmptyState>
  )
}
