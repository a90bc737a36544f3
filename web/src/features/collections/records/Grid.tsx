import '@/components/list.css'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay } from '@/api/session'
import type { RecordRow } from '@/api/records'

import type { Column } from './columns'
import { GridHead } from './GridHead'
import { GridRow, type RowActions } from './GridRow'
import { moved, within, type Place } from './place'
import { textFor, useEdit } from './useEdit'
import { useStable } from './useStable'

export interface GridProps {
  collection: string
  label: string
  rows: RecordRow[]
  total: number | undefined
  columns: Column[]
  sort: string | undefined
  onSort: (sort: string | undefined) => void
  onResize: (field: string, width: number) => void
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  opened: string | undefined
  onOpen: (row: RecordRow) => void
  onClose: () => void
  onEnd: () => void
  stale: boolean
}

const [height, head, lead, near] = [34, 34, 68, 40]

/** The records as a grid: every cell is reached and edited by keyboard, and only the rows in sight are drawn. */
export function Grid(props: GridProps) {
  const { collection, label, rows, total, columns, selected, onSelect, opened, onOpen, onClose, onEnd, stale } = props
  const { t } = useTranslation()
  const editor = useMay('editor')
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<Place>({ row: 0, column: 1 })
  const { edit, begin, save, type, cancel } = useEdit(collection, onOpen)
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => frame.current, estimateSize: () => height, getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10, scrollPaddingStart: head, scrollPaddingEnd: head,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - near) onEnd()
  }, [last, rows.length, onEnd])
  const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / height) - 2)
  const size = { rows: rows.length, columns: columns.length + 1, page }
  const at = within(active, size)
  const go = (place: Place) => {
    const next = within(place, size)
    setActive(next)
    virtual.scrollToIndex(next.row)
    reveal(frame.current, columns, next.column)
  }
  const home = () => frame.current?.focus({ preventScroll: true })
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  const press = (event: KeyboardEvent) => {
    const row = rows[at.row]
    if (event.target !== frame.current || event.nativeEvent.isComposing || !row) return
    const column = columns[at.column - 1]
    const act = actOf(event, at.column)
    const to = event.altKey ? null : moved(at, event.key, event.ctrlKey || event.metaKey, size)
    if (to) go(to)
    else if (act === 'select' && editor) toggle(row.id)
    else if (act === 'open') onOpen(row)
    else if (event.key === 'Escape' && opened) onClose()
    else if (act === 'copy' && column) void navigator.clipboard?.writeText(textFor(row, column.field))
    else if (act === 'edit' && column && editor && isEditable(column)) begin(row, column.field)
    else if (act === 'type' && column && editor && isTyped(column)) begin(row, column.field, event.key)
    else return
    event.preventDefault()
  }
  const actions = useStable<RowActions>({
    activate: (place) => (setActive(place), home()),
    begin: (row, column) => editor && isEditable(column) && begin(row, column.field),
    toggle,
    open: onOpen,
    type,
    save,
    done: (row, step) => (home(), step && go({ row, column: at.column + step })),
    cancel: () => (cancel(), home()),
  })
  const width = lead + columns.reduce((sum, column) => sum + column.width, 0)
  return (
    <div
      ref={frame}
      className="collections-grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={(total ?? rows.length) + 1}
      aria-colcount={size.columns}
      aria-multiselectable={editor || undefined}
      aria-busy={stale}
      aria-activedescendant={rows.length > 0 && !edit ? cellId(at) : undefined}
      aria-describedby="collections-grid-keys"
      onKeyDown={press}
    >
      <span id="collections-grid-keys" className="sr-only">{t('collections:grid.help')}</span>
      <GridHead {...props} lead={lead} width={width} selectable={editor} />
      <div role="rowgroup" className="collections-rows" style={{ height: virtual.getTotalSize(), width }}>
        {drawn.map(({ index, start, key }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <GridRow
              key={key}
              row={row}
              index={index}
              start={start}
              lead={lead}
              columns={columns}
              active={at.row === index ? at.column : -1}
              opened={row.id === opened}
              selected={selected.has(row.id)}
              selectable={editor}
              edit={edit?.id === row.id ? edit : null}
              actions={actions}
            />
          )
        })}
      </div>
    </div>
  )
}

export const cellId = ({ row, column }: Place) => `collections-cell-${row}-${column}`

const readOnly = new Set(['id', 'createdAt', 'updatedAt'])
const isEditable = ({ field }: Column) => !readOnly.has(field.name) && field.options?.kind !== 'many'
const isTyped = (column: Column) => isEditable(column) && !['boolean', 'select', 'relation', 'file', 'date', 'datetime'].includes(column.field.type)

function actOf(event: KeyboardEvent, column: number) {
  const { key } = event
  const control = event.ctrlKey || event.metaKey
  if (key === ' ' && column === 0) return 'select'
  if (key === 'Enter' && (column === 0 || event.shiftKey)) return 'open'
  if (key === 'Enter' || key === 'F2') return 'edit'
  if (control && key.toLowerCase() === 'c') return getSelection()?.toString() ? null : 'copy'
  return key.length === 1 && !control && !event.altKey ? 'type' : null
}

/** reveal scrolls sideways until a column is seen beside the fixed first one. */
function reveal(frame: HTMLDivElement | null, columns: Column[], column: number) {
  if (!frame || column === 0) return
  const left = columns.slice(0, column - 1).reduce((sum, { width }) => sum + width, 0)
  const right = left + (columns[column - 1]?.width ?? 0)
  const room = frame.clientWidth - lead
  if (left < frame.scrollLeft) frame.scrollLeft = left
  else if (right > frame.scrollLeft + room) frame.scrollLeft = right - room
}
