import { Plus as PlusIcon } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Place } from '@/flow/document'
import { canMove } from '@/flow/tree'

import { useCanvas } from './context'

/** The type of data of a card that is dragged. */
export const draggedNode = 'application/x-hookflow-node'

/** Where a node can be put: a click opens the palette, a card can be dropped on it. */
export function Plus({ place, after, reachable = false, wide = false }: { place: Place; after: string; reachable?: boolean; wide?: boolean }) {
  const { t } = useTranslation()
  const { edit } = useCanvas()
  const [over, setOver] = useState(false)
  if (!edit) return null
  const name = wide ? `${t('editor:addHere')}: ${after}` : t('editor:addAfter', { name: after })
  const drop = (event: DragEvent) => {
    const key = event.dataTransfer.getData(draggedNode)
    setOver(false)
    if (key && canMove(key, place)) edit.move(key, place)
  }
  const accept = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(draggedNode)) return
    event.preventDefault()
    setOver(true)
  }
  return (
    <button
      type="button"
      className={`${wide ? 'fc-slot' : 'fc-plus'} nopan`}
      data-over={over || undefined}
      tabIndex={reachable ? 0 : -1}
      aria-label={name}
      title={name}
      onClick={(event) => edit.insert(place, event.currentTarget)}
      onDragOver={accept}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <PlusIcon size={13} aria-hidden />
      {wide && <span>{t('editor:addHere')}</span>}
    </button>
  )
}
