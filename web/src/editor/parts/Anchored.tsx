import { Popover } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'

/** A popover beside an element of the canvas, which may be drawn anew while it is open; the focus goes back to it. */
export function Anchored({ anchor, onClose, children, label }: { anchor: HTMLElement; onClose: () => void; children: ReactNode; label: string }) {
  const [{ left, top, width, height }] = useState(() => anchor.getBoundingClientRect())
  useEffect(
    () => () => {
      if (anchor.isConnected && document.activeElement === document.body) anchor.focus({ preventScroll: true })
    },
    [anchor],
  )
  return (
    <Popover
      open
      trigger="click"
      arrow={false}
      placement="bottomLeft"
      onOpenChange={(open) => open || onClose()}
      styles={{ container: { padding: 0 } }}
      content={
        // Escape closes it wherever the focus is inside.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div
          role="dialog"
          aria-label={label}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
            event.stopPropagation()
            onClose()
            anchor.focus({ preventScroll: true })
          }}
        >
          {children}
        </div>
      }
    >
      <span style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none' }} />
    </Popover>
  )
}
