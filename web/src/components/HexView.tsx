import './list.css'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

import { hexLine, hexLines } from './body'

const lineHeight = 18

/** Bytes in hex, sixteen a line, of which only those in sight are drawn. */
export function HexView({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useVirtualizer({ count: hexLines(bytes), getScrollElement: () => scroller.current, estimateSize: () => lineHeight, overscan: 30 })
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className="body-hex" role="region" aria-label={label} tabIndex={0}>
      <div style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, start }) => {
          const { offset, hex, text } = hexLine(bytes, index)
          return <pre key={index} style={{ transform: `translateY(${start}px)` }}>{`${offset}  ${hex}  ${text}`}</pre>
        })}
      </div>
    </div>
  )
}
