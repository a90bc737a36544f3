import './json.css'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Json } from './lossless'
import { plain, rows, matches, type Row } from './rows'
import { Shown } from './Shown'

interface Props {
  json: Json
  /** What the tree is called by a screen reader. */
  label: string
  /** Rows up to this depth are open at first. */
  openDepth?: number
  search?: string
  /** Called with the steps to a row that is picked by click or Enter. */
  onPick?: (steps: string[], json: Json) => void
  /** Called with the row that the keyboard or a click is on. */
  onActive?: (steps: string[], json: Json) => void
  maxHeight?: number | string
}

/** A value as a tree of which only the visible rows are drawn. */
export function JsonTree({ json, label, openDepth = 2, search = '', onPick, onActive, maxHeight = 420 }: Props) {
  const [toggled, setToggled] = useState<Map<string, boolean>>(new Map())
  const [active, setActive] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const hits = useMemo(() => matches(json, search), [json, search])
  const visible = useMemo(() => {
    const isOpen = (row: Row) => toggled.get(row.id) ?? (hits.around.has(row.id) || (row.steps.length < openDepth && row.size <= 200))
    return rows(json, isOpen).map((row) => ({ ...row, open: row.size > 0 && isOpen(row) }))
  }, [json, toggled, hits, openDepth])
  const virtual = useVirtualizer({ count: visible.length, getScrollElement: () => frame.current, estimateSize: () => 22, overscan: 20 })
  const toggle = (row: Row, open: boolean) => setToggled((before) => new Map(before).set(row.id, open))
  const activate = (index: number) => {
    const row = visible[index]
    setActive(index)
    if (row) onActive?.(row.steps, row.json)
  }
  const go = (index: number) => {
    const next = Math.max(0, Math.min(visible.length - 1, index))
    activate(next)
    virtual.scrollToIndex(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = visible[active]
    if (!row) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(visible.length - 1),
      ArrowRight: () => (row.size > 0 && !row.open ? toggle(row, true) : go(active + 1)),
      ArrowLeft: () => (row.open ? toggle(row, false) : go(parent(visible, active))),
      Enter: () => (onPick ? onPick(row.steps, row.json) : toggle(row, !row.open)),
      ' ': () => toggle(row, !row.open),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div
      ref={frame}
      role="tree"
      aria-label={label}
      aria-activedescendant={visible[active] && rowId(label, active)}
      tabIndex={0}
      className="json-tree"
      style={{ maxHeight }}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = visible[index]!
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              id={rowId(label, index)}
              role="treeitem"
              aria-level={row.steps.length + 1}
              aria-expanded={row.size > 0 ? row.open : undefined}
              aria-selected={index === active}
              className={hits.found.has(row.id) ? 'json-row json-found' : 'json-row'}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + row.steps.length * 14 }}
              onClick={() => {
                activate(index)
                if (onPick && row.steps.length > 0) onPick(row.steps, row.json)
                else if (row.size > 0) toggle(row, !row.open)
              }}
            >
              <Toggle row={row} onToggle={() => toggle(row, !row.open)} />
              {row.label !== '' && <span className="json-name"><Shown text={row.label} /></span>}
              <Value row={row} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const rowId = (label: string, index: number) => `json-${label.replace(/\W+/g, '-')}-${index}`

function parent(visible: Row[], index: number): number {
  const depth = visible[index]!.steps.length
  for (let n = index - 1; n >= 0; n--) if (visible[n]!.steps.length < depth) return n
  return 0
}

function Toggle({ row, onToggle }: { row: Row & { open: boolean }; onToggle: () => void }) {
  if (row.size === 0) return <span className="json-toggle" />
  const Icon = row.open ? ChevronDown : ChevronRight
  return (
    // The row itself is what the keyboard and screen readers open; this is for the mouse where a click on it picks.
    <span
      className="json-toggle"
      aria-hidden
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
    >
      <Icon size={12} />
    </span>
  )
}

function Value({ row: { json, size } }: { row: Row }) {
  const { t } = useTranslation()
  switch (json.type) {
    case 'object':
      return <span className="json-size">{`{${size}}`}</span>
    case 'array':
      return <span className="json-size">{`[${size}]`}</span>
    case 'string':
      return json.value === '••••' ? (
        <span className="json-size" title={t('json:masked')}>{json.value}</span>
      ) : (
        <span className="json-string">
          <Shown text={`"${json.value}"`} />
        </span>
      )
    default:
      return <span className={`json-${json.type}`}>{plain(json)}</span>
  }
}
