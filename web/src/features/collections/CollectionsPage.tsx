import './collections.css'

import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { Plus, Table2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollections, type CollectionItem } from '@/api/collections'
import { useMay } from '@/api/session'
import { useTopBar } from '@/app/topbar'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { CreateDialog } from './schema/CreateDialog'
import { DeleteDialog } from './schema/DeleteDialog'

/** All tables: how much each holds, and which workflows use it. */
export function CollectionsPage() {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const navigate = useNavigate()
  const { new: making } = useSearch({ from: '/shell/collections' })
  const list = useCollections()
  const [deleted, setDeleted] = useState<CollectionItem>()
  const make = (open: boolean) => void navigate({ to: '/collections', search: { new: open ? 'table' : undefined } })
  useTopBar(
    <h1>{t('collections:title')}</h1>,
    editor ? <Button type="primary" icon={<Plus size={14} />} onClick={() => make(true)}>{t('collections:new.button')}</Button> : null,
    [t, editor],
  )
  return (
    <div className="content">
      {list.isError && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <div className="panel collections-loading"><Skeleton active title={false} paragraph={{ rows: 5, width: '100%' }} /></div>
      ) : list.data.length === 0 ? (
        <EmptyState icon={<Table2 size={28} />} title={t('collections:empty.title')} text={t('collections:empty.text')}>
          {editor && <Button type="primary" onClick={() => make(true)}>{t('collections:new.button')}</Button>}
        </EmptyState>
      ) : (
        <List items={list.data} onDelete={editor ? setDeleted : undefined} />
      )}
      {making && editor && <CreateDialog onClose={() => make(false)} onMade={(name) => void navigate({ to: '/collections/$name', params: { name } })} />}
      {deleted && <DeleteDialog collection={deleted} onClose={() => setDeleted(undefined)} />}
    </div>
  )
}

function List({ items, onDelete }: { items: CollectionItem[]; onDelete?: (item: CollectionItem) => void }) {
  const { t } = useTranslation()
  return (
    <div className="panel collections-frame">
      <table className="collections-list" aria-label={t('collections:title')}>
        <thead>
          <tr>
            <th>{t('collections:column.name')}</th>
            <th className="collections-figure">{t('collections:column.rows')}</th>
            <th className="collections-figure">{t('collections:column.fields')}</th>
            <th>{t('collections:column.usedBy')}</th>
            <th>{t('collections:column.changed')}</th>
            {onDelete && <th><span className="sr-only">{t('collections:column.actions')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.name} item={item} onDelete={onDelete && (() => onDelete(item))} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ item, onDelete }: { item: CollectionItem; onDelete?: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { stats, usedBy = [] } = item
  const rows = stats && (stats.estimated ? t('collections:about', { number: format.number(stats.rows) }) : format.number(stats.rows))
  const label = t('collections:delete.label', { name: item.title || item.name })
  return (
    <tr>
      <td className="collections-name">
        <Link to="/collections/$name" params={{ name: item.name }} className="collections-title">{item.title || item.name}</Link>
        {item.title && <div className="mono muted cut">{item.name}</div>}
      </td>
      <td className="num collections-figure">
        {rows}
        {typeof stats?.bytes === 'number' && <div className="muted">{format.bytes(stats.bytes)}</div>}
      </td>
      <td className="num collections-figure">{format.number(item.fields?.length ?? 0)}</td>
      <td>
        <div className="collections-users">
          {usedBy.slice(0, 3).map((user) => (
            <Link key={user.key} to="/workflows/$key" params={{ key: user.key }}>{user.title || user.key}</Link>
          ))}
          {usedBy.length > 3 && <span className="muted">{t('collections:moreUsers', { count: usedBy.length - 3 })}</span>}
          {usedBy.length === 0 && <span className="muted">{t('collections:unused')}</span>}
        </div>
      </td>
      <td className="muted">{item.updatedAt && <Time at={item.updatedAt} as="ago" />}</td>
      {onDelete && (
        <td>
          <button type="button" className="icon-button" aria-label={label} title={label} onClick={onDelete}>
            <Trash2 size={15} />
          </button>
        </td>
      )}
    </tr>
  )
}
