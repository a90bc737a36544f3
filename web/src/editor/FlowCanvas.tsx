import '@xyflow/react/dist/style.css'
import './canvas/canvas.css'

import { Background, BackgroundVariant, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi, type ReactFlowInstance } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeTypes, TriggerType } from '@/api/catalogue'
import { usePreferences } from '@/app/preferences'
import type { FlowDocument, NodeState } from '@/flow/document'
import { typeOf } from '@/flow/branches'
import { layout as place, type Item } from '@/flow/layout'
import { familyOf } from '@/flow/look'
import { taken } from '@/flow/overlay'
import { after, find } from '@/flow/tree'
import { travel, trigger, type Direction } from '@/flow/travel'
import type { FlowProblem } from '@/flow/validate'

import { Canvas, type CanvasEdit } from './canvas/context'
import { Lines } from './canvas/Lines'
import { pieces, piecesOf, type Piece } from './canvas/pieces'
import { Zoom } from './canvas/Zoom'

export interface FlowCanvasProps {
  document: FlowDocument
  nodeTypes: NodeTypes | undefined
  triggerTypes?: TriggerType[]
  /** Key of the selected node, trigger ("$trigger") or null. */
  selected: string | null
  onSelect: (key: string | null) => void
  problems?: FlowProblem[]
  /** What became of the nodes in an execution, by key: drawn over the flow. */
  states?: Record<string, NodeState>
  /** What can be done with the flow; left out, it is only looked at. */
  edit?: CanvasEdit
  /** A card to be brought into view and focused; a new object does it again. */
  reveal?: { key: string } | null
  /** More buttons beside those for the zoom. */
  children?: ReactNode
}

const none: FlowProblem[] = []
const smallestAtFirst = 0.72

/** A flow drawn from top to bottom: to edit it, or read-only with what an execution did. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

function Flow({ document, nodeTypes, triggerTypes, selected, onSelect, problems = none, states, edit, reveal, children }: FlowCanvasProps) {
  const { t } = useTranslation()
  const theme = usePreferences((preferences) => preferences.theme)
  const box = useRef<HTMLDivElement>(null)
  const laid = useMemo(() => place(document, nodeTypes), [document, nodeTypes])
  const nodes = usePieces(laid.items, edit !== undefined)
  const lines = useMemo(() => states && taken(laid, states), [laid, states])
  const byNode = useMemo(() => grouped(problems), [problems])
  const { current, wanted, go, focused } = useFocus(document, selected, reveal)
  const shared = useMemo(
    () => ({
      document, types: nodeTypes, triggers: triggerTypes, selected, current, wanted, focused, states, problems: byNode, edit,
      select: (key: string) => {
        go(key, false)
        onSelect(key)
      },
    }),
    [document, nodeTypes, triggerTypes, selected, current, wanted, focused, go, states, byNode, edit, onSelect],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const on = (event.target as HTMLElement).closest<HTMLElement>('[data-node]')
    if (event.nativeEvent.isComposing || !on || event.ctrlKey || event.metaKey || event.altKey) return
    const key = on.dataset.node ?? trigger
    if (keys(event, key, on, edit, document) || (event.key === 'Escape' && selected !== null && (onSelect(null), true))) event.preventDefault()
    const direction = arrows[event.key]
    if (!direction || event.shiftKey) return
    event.preventDefault()
    go(travel(document, nodeTypes, key, direction), true)
  }
  return (
    <Canvas.Provider value={shared}>
      {/* The cards in it take the focus; the keys are handled for all of them here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="fc" ref={box} onKeyDown={onKeyDown}>
        <ReactFlow<Piece>
          nodes={nodes}
          nodeTypes={pieces}
          colorMode={theme}
          minZoom={0.1}
          maxZoom={1.6}
          panOnScroll
          zoomOnDoubleClick={false}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          onlyRenderVisibleElements
          onInit={(flow) => firstView(flow, box.current, laid.items)}
          onPaneClick={() => onSelect(null)}
          aria-label={t('editor:canvas')}
        >
          <Lines layout={laid} taken={lines} />
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} />
          <MiniMap<Piece> pannable zoomable ariaLabel={t('editor:minimap')} nodeColor={({ data }) => colour(data.item, nodeTypes)} nodeStrokeWidth={0} nodeBorderRadius={12} className="fc-map" />
          <Zoom>{children}</Zoom>
        </ReactFlow>
      </div>
    </Canvas.Provider>
  )
}

const arrows: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

/** keys does what a key means on a card, and tells whether it meant something. */
function keys(event: KeyboardEvent, key: string, card: HTMLElement, edit: CanvasEdit | undefined, document: FlowDocument): boolean {
  if (!edit) return false
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (event.key === 'a' || event.key === 'A' || event.key === '+') edit.insert(key === trigger ? { branch: [], index: 0 } : (after(document, key) ?? { branch: [], index: 0 }), card)
  else if (key === trigger) return false
  else if (event.key === 'Delete' || event.key === 'Backspace') edit.remove(key)
  else if (event.shiftKey && step) edit.shift(key, step)
  else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) edit.menu(key, card)
  else return false
  return true
}

/** usePieces keeps the pieces that stay as they were, so that an edit draws anew only what it moves. */
function usePieces(items: Item[], editable: boolean): Piece[] {
  const shown = useMemo(() => (editable ? items : items.filter(({ kind }) => kind !== 'join' && kind !== 'empty')), [items, editable])
  const [drawn, setDrawn] = useState(() => ({ shown, pieces: piecesOf(shown, []) }))
  if (drawn.shown === shown) return drawn.pieces
  const next = { shown, pieces: piecesOf(shown, drawn.pieces) }
  setDrawn(next)
  return next.pieces
}

interface Focus {
  current: string
  wanted: { key: string } | null
  revealed: { key: string } | null | undefined
}

/** useFocus is the card that has the focus or gets it next; one that is off the screen is brought there first. */
function useFocus(document: FlowDocument, selected: string | null, reveal: { key: string } | null | undefined) {
  const [{ current, wanted, revealed }, setFocus] = useState<Focus>({ current: selected ?? trigger, wanted: null, revealed: null })
  if (reveal && reveal !== revealed) setFocus({ current: reveal.key, wanted: reveal, revealed: reveal })
  const show = useShow()
  useEffect(() => {
    if (wanted) show(wanted.key)
  }, [wanted, show])
  const go = useCallback((key: string, take: boolean) => setFocus((old) => ({ ...old, current: key, wanted: take ? { key } : null })), [])
  const focused = useCallback(() => setFocus((old) => ({ ...old, wanted: null })), [])
  const there = current === trigger || find(document, current) !== undefined
  return { current: there ? current : trigger, wanted, go, focused }
}

const edge = 60

/** useShow scrolls the canvas as little as it takes to have a card on the screen. */
function useShow() {
  const flow = useReactFlow<Piece>()
  const store = useStoreApi()
  return useCallback(
    (id: string) => {
      const node = flow.getNode(id)
      const { transform: [x, y, zoom], width, height } = store.getState()
      if (!node || width === 0) return
      const shift = (from: number, length: number, room: number) => (from < edge ? edge - from : from + length > room - edge ? room - edge - from - length : 0)
      const dx = shift(node.position.x * zoom + x, (node.width ?? 0) * zoom, width)
      const dy = shift(node.position.y * zoom + y, (node.height ?? 0) * zoom, height)
      if (dx || dy) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 140 })
    },
    [flow, store],
  )
}

/** firstView has the trigger at the top and the text readable, however tall the flow is. */
function firstView(flow: ReactFlowInstance<Piece>, box: HTMLDivElement | null, items: Item[]) {
  const room = box?.clientWidth
  if (!room) return
  const reach = Math.max(...items.map((item) => Math.max(-item.x, item.x + item.width)))
  const zoom = Math.min(1, Math.max(smallestAtFirst, room / (2 * reach + 2 * edge)))
  void flow.setViewport({ x: room / 2, y: 28, zoom })
}

function grouped(problems: FlowProblem[]): ReadonlyMap<string, FlowProblem[]> {
  const groups = new Map<string, FlowProblem[]>()
  for (const problem of problems) groups.set(problem.node, [...(groups.get(problem.node) ?? []), problem])
  return groups
}

function colour(item: Item, types: NodeTypes | undefined): string {
  if (item.kind === 'trigger') return 'var(--family-trigger)'
  return item.kind === 'card' ? `var(--family-${familyOf(typeOf(types, item.node.type))})` : 'transparent'
}
