import './list.css'

import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface SplitPaneProps {
  children: ReactNode
  /** The pane at the right; none: the page has all the room. */
  side: ReactNode
  /** What the pane is about. */
  label: string
  /** Under which name this browser keeps its width. */
  name: string
  onClose: () => void
}

const [narrowest, usual, widest, step] = [360, 560, 1100, 24]
const clamp = (width: number) => Math.min(widest, Math.max(narrowest, Math.round(width)))

/** A page with a pane beside it, whose edge can be drawn; on narrow screens the pane covers the page.
 * Escape closes it. */
export function SplitPane({ children, side, label, name, onClose }: SplitPaneProps) {
  const key = `hookflow.pane.${name}`
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(key)) || usual))
  const resize = (next: number) => {
    setWidth(clamp(next))
    localStorage.setItem(key, String(clamp(next)))
  }
  const close = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing && !event.defaultPrevented) {
      event.preventDefault()
      onClose()
    }
  }
  return (
    <div className="split">
      <div className="split-main">{children}</div>
      {side && (
        // Escape closes it wherever the focus is inside.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <aside className="split-side" style={{ width }} aria-label={label} onKeyDown={close}>
          <Edge width={width} onResize={resize} />
          {side}
        </aside>
      )}
    </div>
  )
}

function Edge({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const { t } = useTranslation()
  const drag = (event: PointerEvent) => {
    if (event.buttons === 1) onResize(window.innerWidth - event.clientX)
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: step, ArrowRight: -step }[event.key]
    if (by) onResize(width + by)
  }
  return (
    // A separator with a value is the control that ARIA has for this.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="split-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('common:resize')}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  )
}
