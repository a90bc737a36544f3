import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const [least, usual, most, step] = [15, 42, 80, 4] // per cent for what is below
const key = 'hookflow.stage'
const clamp = (share: number) => Math.min(most, Math.max(least, Math.round(share)))

/** Two panes, one above the other; the edge between them can be drawn. */
export function Stage({ top, bottom }: { top: ReactNode; bottom: ReactNode }) {
  const { t } = useTranslation()
  const [share, setShare] = useState(() => clamp(Number(localStorage.getItem(key)) || usual))
  const resize = (next: number) => {
    setShare(clamp(next))
    localStorage.setItem(key, String(clamp(next)))
  }
  const drag = (event: PointerEvent) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (event.buttons === 1 && box) resize(((box.bottom - event.clientY) / box.height) * 100)
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key]
    if (by) resize(share + by)
  }
  return (
    <div className="ex-stage">
      <div className="ex-above">{top}</div>
      {/* A separator with a value is the control that ARIA has for this. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="ex-edge"
        role="separator"
        aria-orientation="horizontal"
        aria-label={t('common:resize')}
        aria-valuenow={share}
        aria-valuemin={least}
        aria-valuemax={most}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
      />
      <div className="ex-below" style={{ height: `${share}%` }}>{bottom}</div>
    </div>
  )
}
