import { Panel, useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** The buttons at the lower left of the canvas. */
export function Zoom({ children }: { children?: ReactNode }) {
  const { t } = useTranslation()
  const flow = useReactFlow()
  const buttons = [
    [t('editor:zoom.in'), Plus, () => flow.zoomIn({ duration: 140 })],
    [t('editor:zoom.out'), Minus, () => flow.zoomOut({ duration: 140 })],
    [t('editor:zoom.fit'), Maximize, () => flow.fitView({ duration: 140, padding: 0.08, maxZoom: 1 })],
  ] as const
  return (
    <Panel position="bottom-left" className="fc-tools">
      {buttons.map(([name, Icon, act]) => (
        <button key={name} type="button" className="icon-button" aria-label={name} title={name} onClick={() => void act()}>
          <Icon size={15} aria-hidden />
        </button>
      ))}
      {children}
    </Panel>
  )
}
