import { type Node, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import { pick } from '@/app/i18n'
import type { Item, LabelItem, SlotItem } from '@/flow/layout'

import { NodeCard, TriggerCard } from './Card'
import { Plus } from './Plus'

/** A piece of the layout as React Flow keeps it. */
export type Piece = Node<{ item: Item }>

/** How each kind of piece is drawn. */
export const pieces = { piece: memo(PieceView) }

function PieceView({ data: { item } }: NodeProps<Piece>) {
  switch (item.kind) {
    case 'trigger':
      return <TriggerCard />
    case 'card':
      return <NodeCard item={item} />
    case 'label':
      return <Label item={item} />
    case 'empty':
    case 'join':
      return <Slot item={item} />
    case 'end':
      return <End />
  }
}

function Label({ item }: { item: LabelItem }) {
  const { i18n } = useTranslation()
  const name = pick(item.branch.title, i18n.language)
  return (
    <>
      <span className="fc-label">
        <span className="cut" title={name}>
          {name}
        </span>
      </span>
      {!item.empty && <Plus place={item.place} after={name} />}
    </>
  )
}

function Slot({ item }: { item: SlotItem }) {
  const { i18n } = useTranslation()
  const after = item.branch ? pick(item.branch.title, i18n.language) : item.of.title || item.of.key
  return <Plus place={item.place} after={after} wide={item.kind === 'empty'} />
}

function End() {
  const { t } = useTranslation()
  return <span className="fc-end">{t('editor:end')}</span>
}

/** piecesOf turns the layout into nodes of React Flow; a piece that did not change stays the same one. */
export function piecesOf(items: Item[], before: Piece[]): Piece[] {
  const known = new Map(before.map((piece) => [piece.id, piece]))
  return items.map((item) => {
    const old = known.get(item.id)
    if (old && same(old.data.item, item)) return old
    return {
      id: item.id,
      type: 'piece',
      position: { x: item.x, y: item.y },
      width: item.width,
      height: item.height,
      // Also of what was never drawn, or it would not know what all is when it is to show all.
      measured: { width: item.width, height: item.height },
      // Without handles React Flow would render every piece once, to look for them.
      handles: [],
      data: { item },
      domAttributes: { 'aria-roledescription': undefined },
    }
  })
}

/** same tells whether two items look alike; places are compared by their text. */
function same(a: Item, b: Item): boolean {
  const names = Object.keys(b) as (keyof Item)[]
  return Object.keys(a).length === names.length && names.every((name) => a[name] === b[name] || alike(a[name], b[name]))
}

const alike = (a: unknown, b: unknown) => typeof a === 'object' && a !== null && (('branch' in a && 'index' in a) || 'title' in a && !('type' in a)) && JSON.stringify(a) === JSON.stringify(b)
