import { Checkbox } from 'antd'
import { Maximize2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollection } from '@/api/collections'
import { recordOf, type RecordRow } from '@/api/records'

import { textOf } from '../cell'
import { isMany, isNumeric, naming } from '../types'
import { Cell } from './Cell'
import { CellEditor } from './CellEditor'
import type { Column } from './columns'
import { cellId } from './Grid'
import type { Place } from './place'
import type { Edit } from './useEdit'

/** What can be done in a row. */
export interface RowActions {
  activate: (place: Place) => void
  begin: (row: RecordRow, column: Column) => void
  toggle: (id: string) => void
  open: (row: RecordRow) => void
  type: (text: string) => void
  save: (text?: string) => Promise<boolean>
  done: (row: number, step: number) => void
  cancel: () => void
}

interface Props {
  row: RecordRow
  index: number
  start: number
  lead: number
  columns: Column[]
  /** The active column of this row; -1 when another row is active. */
  active: number
  opened: boolean
  selected: boolean
  selectable: boolean
  edit: Edit | null
  actions: RowActions
}

/** One record of the grid. */
export const GridRow = memo(function GridRow({ row, index, start, lead, columns, active, opened, selected, selectable, edit, actions }: Props) {
  const { t } = useTranslation()
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      className="collections-line collections-row"
      data-opened={opened || undefined}
      data-editing={edit ? true : undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div role="gridcell" id={cellId({ row: index, column: 0 })} aria-colindex={1} className="collections-lead" data-active={active === 0 || undefined} style={{ width: lead }} onMouseDown={() => actions.activate({ row: index, column: 0 })}>
        {selectable && <Checkbox tabIndex={-1} aria-label={t('collections:grid.select', { row: index + 1 })} checked={selected} onChange={() => actions.toggle(row.id)} />}
        <button type="button" tabIndex={-1} className="icon-button" aria-label={t('collections:grid.open', { row: index + 1 })} title={t('collections:grid.openShort')} onClick={() => actions.open(row)}>
          <Maximize2 size={13} />
        </button>
      </div>
      {columns.map((column, at) => {
        const editing = edit?.field.name === column.field.name
        return (
          <div
            key={column.field.name}
            id={cellId({ row: index, column: at + 1 })}
            role="gridcell"
            aria-colindex={at + 2}
            className={editing ? 'collections-cell collections-cell-editing' : 'collections-cell'}
            data-active={active === at + 1 || undefined}
            data-number={isNumeric(column.field) || undefined}
            style={{ width: column.width }}
            onClick={() => !editing && actions.activate({ row: index, column: at + 1 })}
            onDoubleClick={() => actions.begin(row, column)}
          >
            {editing && edit ? (
              <CellEditor edit={edit} onType={actions.type} onSave={actions.save} onDone={(step) => actions.done(index, step)} onCancel={actions.cancel} />
            ) : (
              <CellOf column={column} row={row} />
            )}
          </div>
        )
      })}
    </div>
  )
})

const CellOf = memo(function CellOf({ column: { field }, row }: { column: Column; row: RecordRow }) {
  const json = row.values.get(field.name)
  if (field.type === 'relation' && !isMany(field) && json?.type === 'object') return <Related collection={field.options?.collection ?? ''} field={field} row={row} />
  return <Cell field={field} row={row} />
})

// A relation shows what the other record is called.
function Related({ collection, field, row }: { collection: string; field: Column['field']; row: RecordRow }) {
  const name = naming(useCollection(collection).data?.fields ?? [])
  const json = row.values.get(field.name)
  const other = json && recordOf(json)
  return <Cell field={field} row={row} label={(name && textOf(other?.values.get(name.name))) || other?.id} />
}
