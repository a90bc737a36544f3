import './list.css'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react'

/** What a page may ask of its list. */
export interface Scroller {
  /** Brings a row into sight. */
  reveal: (index: number) => void
  toTop: () => void
}

interface VirtualRowsProps<T> {
  items: T[]
  keyOf: (item: T) => string
  /** Height of every row in pixels. */
  height: number
  /** What the list is, for those who do not see it. */
  label: string
  render: (item: T, index: number) => ReactNode
  /** Called when the end comes near. */
  onEnd?: () => void
  /** Called when the list leaves its top and comes back to it. */
  onTop?: (atTop: boolean) => void
  /** What stands below the last row. */
  footer?: ReactNode
  ref?: Ref<Scroller>
}

const ahead = 12 // rows drawn beyond what is seen
const near = 40 // rows before the end at which more is asked for
const top = 8 // pixels

/** A list of rows of one height, of which only those in sight are drawn. */
export function VirtualRows<T>({ items, keyOf, height, label, render, onEnd, onTop, footer, ref }: VirtualRowsProps<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: ahead,
  })
  useEffect(() => rows.measure(), [rows, height])
  useImperativeHandle(ref, () => ({
    reveal: (index) => rows.scrollToIndex(index),
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
  }))
  const drawn = rows.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && last >= items.length - near) onEnd?.()
  }, [last, items.length, onEnd])
  return (
    <div ref={scroller} className="list-scroll" onScroll={(event) => onTop?.(event.currentTarget.scrollTop < top)}>
      <div role="list" aria-label={label} className="list-rows" style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => (
          <div key={key} role="listitem" aria-setsize={items.length} aria-posinset={index + 1} className="list-row" style={{ height, transform: `translateY(${start}px)` }}>
            {render(items[index] as T, index)}
          </div>
        ))}
      </div>
      {footer}
    </div>
  )
}
