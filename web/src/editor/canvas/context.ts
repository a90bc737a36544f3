import { createContext, useContext } from 'react'

import type { NodeTypes, TriggerType } from '@/api/catalogue'
import type { FlowDocument, NodeState, Place } from '@/flow/document'
import type { FlowProblem } from '@/flow/validate'

/** What a canvas that can be edited calls back; anchors are elements that a popover points at. */
export interface CanvasEdit {
  insert: (place: Place, anchor: HTMLElement) => void
  menu: (key: string, anchor: HTMLElement) => void
  move: (key: string, place: Place) => void
  shift: (key: string, step: -1 | 1) => void
  remove: (key: string) => void
}

/** What the pieces of a canvas share. */
export interface CanvasContext {
  document: FlowDocument
  types: NodeTypes | undefined
  triggers: TriggerType[] | undefined
  selected: string | null
  /** The card that the Tab key comes to. */
  current: string
  /** The card to be focused as soon as it is on the screen. */
  wanted: { key: string } | null
  /** To be called when it is. */
  focused: () => void
  states: Record<string, NodeState> | undefined
  problems: ReadonlyMap<string, FlowProblem[]>
  edit: CanvasEdit | undefined
  select: (key: string) => void
}

export const Canvas = createContext<CanvasContext | null>(null)

/** useCanvas is what the canvas around shares with its cards. */
export function useCanvas(): CanvasContext {
  const canvas = useContext(Canvas)
  if (!canvas) throw new Error('a card stands on a canvas')
  return canvas
}
