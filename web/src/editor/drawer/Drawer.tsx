import { lazy, Suspense, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeTypes } from '@/api/catalogue'
import type { FlowDocument } from '@/flow/document'
import { find } from '@/flow/tree'
import { trigger } from '@/flow/travel'
import type { FlowProblem } from '@/flow/validate'

import { focusOn, select } from '../store'
import { Variables } from './Variables'

const NodeDrawer = lazy(async () => ({ default: (await import('./NodeDrawer')).NodeDrawer }))
const TriggerDrawer = lazy(async () => ({ default: (await import('../trigger/TriggerDrawer')).TriggerDrawer }))

const [narrowest, usual, widest] = [360, 404, 720]
const widthKey = 'hookflow.drawer'
const clamp = (width: number) => Math.min(widest, Math.max(narrowest, Math.round(width)))

interface DrawerProps {
  document: FlowDocument
  types: NodeTypes
  problems: FlowProblem[]
  selected: string
  readOnly: boolean
}

/** The pane at the right: about the trigger or a node. Its left edge can be drawn. */
export function Drawer({ document, types, problems, selected, readOnly }: DrawerProps) {
  const { t } = useTranslation()
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(widthKey)) || usual))
  const node = find(document, selected)?.node
  if (!node && selected !== trigger) return null
  const own = problems.filter((problem) => problem.node === (node?.key ?? ''))
  const resize = (next: number) => {
    setWidth(clamp(next))
    localStorage.setItem(widthKey, String(clamp(next)))
  }
  const close = (event: KeyboardEvent) => {
    // A dialog or a list that was opened from here is elsewhere in the page, and closes by itself.
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target)
    if (event.key !== 'Escape' || !inside || event.nativeEvent.isComposing || event.defaultPrevented) return
    select(null)
    focusOn(selected)
  }
  return (
    // Escape closes it wherever the focus is inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside className="ed-drawer" style={{ width }} aria-label={node ? t('editor:drawer', { name: node.title || node.key }) : t('editor:trigger')} onKeyDown={close}>
      <Edge width={width} onResize={resize} />
      <Variables document={document} nodeKey={node?.key ?? ''} types={types}>
        <Suspense>
          {node ? <NodeDrawer node={node} types={types} problems={own} readOnly={readOnly} /> : <TriggerDrawer document={document} problems={own} readOnly={readOnly} />}
        </Suspense>
      </Variables>
    </aside>
  )
}

function Edge({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const { t } = useTranslation()
  const drag = (event: PointerEvent) => {
    if (event.buttons === 1) onResize(window.innerWidth - event.clientX)
  }
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 24, ArrowRight: -24 }[event.key]
    if (step) onResize(width + step)
  }
  return (
    // A separator with a value is the control that ARIA has for this.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="ed-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('editor:resize')}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={key}
    />
  )
}
