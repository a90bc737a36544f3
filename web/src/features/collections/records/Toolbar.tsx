import { Button, Checkbox, Dropdown, Input, InputNumber, Popover } from 'antd'
import { Columns3, Download, Filter, Search, Settings2, Upload } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Collection } from '@/api/collections'
import { exportAddress } from '@/api/imports'
import { useMay } from '@/api/session'
import { useFormat } from '@/components/format'

import { useFieldTitle } from '../FieldName'
import { conditionsOf, filterText, readFilter, shortly, type Group } from '../filter'
import { narrowest, widest, type useColumns } from './columns'
import { FilterBuilder } from './FilterBuilder'

/** What of a table is looked at: it stands in the URL. */
export interface View {
  filter?: string
  sort?: string
  q?: string
}

interface Props {
  collection: Collection
  view: View
  onView: (part: View) => void
  columns: ReturnType<typeof useColumns>
  total: number | undefined
  onDialog: (which: 'import' | 'fields') => void
}

/** Above the grid: what narrows it, which columns it has, and what comes in and goes out. */
export function Toolbar({ collection, view, onView, columns, total, onDialog }: Props) {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const format = useFormat()
  return (
    <div className="collections-top">
      <div className="collections-bar" role="search">
        <SearchInput q={view.q} onSearch={(q) => onView({ q })} />
        <FilterButton collection={collection} filter={view.filter} onFilter={(filter) => onView({ filter })} />
        <ColumnsButton columns={columns} />
        <span className="muted num collections-total" aria-live="polite">
          {total !== undefined && t('collections:total', { count: total, number: format.number(total) })}
        </span>
        {editor && (
          <Tool icon={<Upload size={14} />} text={t('collections:import.button')} onClick={() => onDialog('import')} />
        )}
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['csv', 'json', 'jsonl'] as const).map((kind) => ({
              key: kind,
              label: t(`collections:format.${kind}`),
              onClick: () => save(exportAddress(collection.name, kind, view)),
            })),
          }}
        >
          <Tool icon={<Download size={14} />} text={t(view.filter || view.q ? 'collections:export.filtered' : 'collections:export.all')} />
        </Dropdown>
        {editor && <Tool icon={<Settings2 size={14} />} text={t('collections:schema.button')} onClick={() => onDialog('fields')} />}
      </div>
    </div>
  )
}

// The server streams the file: it never is in the page's memory.
function save(address: string) {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}

function Tool({ icon, text, ...rest }: { icon: ReactNode; text: string; onClick?: () => void }) {
  return (
    <Button {...rest} icon={icon} className="collections-tool" title={text} aria-label={text}>
      <span>{text}</span>
    </Button>
  )
}

// A panel stays on the screen.
const inside = { overflow: { shiftX: true, adjustY: true } }

const pause = 250 // ms after the last key

function SearchInput({ q = '', onSearch }: { q: string | undefined; onSearch: (q: string | undefined) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(q)
  const [composing, setComposing] = useState(false)
  const [shownFor, setShownFor] = useState(q)
  if (shownFor !== q) {
    // Somebody else changed the address: a link, the back button.
    setShownFor(q)
    if (q !== text.trim()) setText(q)
  }
  useEffect(() => {
    if (composing || text.trim() === q) return
    const timer = setTimeout(() => onSearch(text.trim() || undefined), pause)
    return () => clearTimeout(timer)
  }, [text, composing, q, onSearch])
  return (
    <Input
      allowClear
      className="collections-search"
      prefix={<Search size={14} aria-hidden />}
      aria-label={t('collections:search')}
      placeholder={t('collections:search')}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  )
}

function FilterButton({ collection, filter, onFilter }: { collection: Collection; filter: string | undefined; onFilter: (filter: string | undefined) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const read = readFilter(filter)
  const count = read ? conditionsOf(read) : 1
  const panel = read ? (
    <FilterPanel key={filter} collection={collection} initial={read} onApply={(next) => (onFilter(next || undefined), setOpen(false))} />
  ) : (
    <div className="collections-panel">
      <p>{t('collections:filter.foreign')}</p>
      <code className="collections-wrap">{shortly(filter ?? '')}</code>
      <Button size="small" onClick={() => (onFilter(undefined), setOpen(false))}>{t('collections:filter.clear')}</Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomLeft" arrow={false} align={inside} open={open} onOpenChange={setOpen} content={panel} destroyOnHidden>
      <Button icon={<Filter size={14} />} aria-expanded={open} className={count > 0 ? 'collections-on' : undefined}>
        {count > 0 ? t('collections:filter.count', { count }) : t('collections:filter.button')}
      </Button>
    </Popover>
  )
}

function FilterPanel({ collection, initial, onApply }: { collection: Collection; initial: Group; onApply: (filter: string) => void }) {
  const { t } = useTranslation()
  const [group, setGroup] = useState(initial)
  return (
    <form
      className="collections-panel"
      onSubmit={(event) => {
        event.preventDefault()
        onApply(filterText(group, collection.fields))
      }}
    >
      <FilterBuilder group={group} fields={collection.fields} onChange={setGroup} />
      <div className="row collections-panel-foot">
        <Button type="primary" size="small" htmlType="submit">{t('collections:filter.apply')}</Button>
        {conditionsOf(initial) > 0 && <Button size="small" onClick={() => onApply('')}>{t('collections:filter.clear')}</Button>}
      </div>
    </form>
  )
}

function ColumnsButton({ columns }: { columns: ReturnType<typeof useColumns> }) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  const panel = (
    <ul className="collections-columns">
      {columns.all.map(({ field, shown, width }) => (
        <li key={field.name} className="row">
          <Checkbox className="grow" checked={shown} onChange={(event) => columns.show(field.name, event.target.checked)}>
            {titleOf(field)}
          </Checkbox>
          <InputNumber
            size="small"
            min={narrowest}
            max={widest}
            step={20}
            aria-label={t('collections:columns.width', { field: titleOf(field) })}
            value={width}
            onChange={(next) => next && columns.resize(field.name, next)}
          />
        </li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" placement="bottomLeft" arrow={false} align={inside} content={panel} title={t('collections:columns.title')}>
      <Button icon={<Columns3 size={14} />} className="collections-tool" aria-label={t('collections:columns.button')} title={t('collections:columns.button')}>
        <span>{t('collections:columns.button')}</span>
      </Button>
    </Popover>
  )
}
