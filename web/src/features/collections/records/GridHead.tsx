import { Checkbox } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { FieldIcon, useFieldTitle } from '../FieldName'
import { isSortable } from '../types'
import type { Column } from './columns'
import type { GridProps } from './Grid'

interface Props extends GridProps {
  lead: number
  width: number
  selectable: boolean
}

/** The names of the columns: a click sorts, the edge resizes. */
export function GridHead({ rows, columns, sort, onSort, onResize, selected, onSelect, lead, width, selectable }: Props) {
  const { t } = useTranslation()
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  return (
    <div role="rowgroup" className="collections-head" style={{ width }}>
      <div role="row" aria-rowindex={1} className="collections-line">
        <div role="columnheader" aria-colindex={1} className="collections-lead" style={{ width: lead }} aria-label={t('collections:grid.record')}>
          {selectable && (
            <Checkbox
              aria-label={t('collections:grid.selectAll')}
              checked={all}
              indeterminate={!all && selected.size > 0}
              onChange={(event) => onSelect(new Set(event.target.checked ? rows.map(({ id }) => id) : []))}
            />
          )}
        </div>
        {columns.map((column, index) => (
          <Head key={column.field.name} column={column} index={index + 2} sort={sort} onSort={onSort} onResize={(to) => onResize(column.field.name, to)} />
        ))}
      </div>
    </div>
  )
}

interface HeadProps {
  column: Column
  index: number
  sort: string | undefined
  onSort: (sort: string | undefined) => void
  onResize: (width: number) => void
}

function Head({ column: { field, width }, index, sort, onSort, onResize }: HeadProps) {
  const titleOf = useFieldTitle()
  const direction = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : undefined
  // Up, down, and as it was.
  const next = { ascending: `-${field.name}`, descending: undefined, none: field.name }[direction ?? 'none']
  const name = (
    <>
      <FieldIcon type={field.type} />
      <span className="cut">{titleOf(field)}</span>
      {field.required && <span aria-hidden className="collections-star">{'*'}</span>}
      {direction === 'ascending' && <ArrowUp size={13} aria-hidden />}
      {direction === 'descending' && <ArrowDown size={13} aria-hidden />}
    </>
  )
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onResize(width + event.movementX)
  }
  return (
    <div role="columnheader" aria-colindex={index} aria-sort={isSortable(field) ? (direction ?? 'none') : undefined} className="collections-th" style={{ width }} title={field.name}>
      {isSortable(field) ? (
        <button type="button" className="collections-sort" onClick={() => onSort(next)}>
          {name}
        </button>
      ) : (
        <span className="collections-sort">{name}</span>
      )}
      {/* The list of columns has the widths for those who do not drag. */}
      <div
        className="collections-resize"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
    </div>
  )
}
