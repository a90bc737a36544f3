import type { NodeTypes } from '@/api/catalogue'

import { branchesOf, endsFlow, isBlock, typeOf, type BranchView } from './branches'
import type { FlowDocument, FlowNode, Place } from './document'

/** Sizes of what the canvas draws, in its pixels. */
export const size = { card: [240, 56], label: [132, 24], empty: [160, 36], plus: 24, end: [64, 28] } as const

const [cardWidth, cardHeight] = size.card
/** Between two cards, with the plus in its middle. */
const gap = 44
/** From a card down to the bar that its branches hang from. */
const stem = 20
/** From that bar to the first node of a branch: the label, and the plus below it. */
const head = 72
/** From the end of the longest branch to the bar where they join. */
const foot = 8
const between = 36
const padding = 18

interface At {
  id: string
  x: number
  y: number
  width: number
  height: number
}

export interface TriggerItem extends At {
  kind: 'trigger'
}

export interface CardItem extends At {
  kind: 'card'
  node: FlowNode
  place: Place
  /** Whether its plus hangs below it; a node with branches has its plus below their join. */
  plus: boolean
  last: boolean
}

/** The name of a branch, with the plus at the branch's beginning. */
export interface LabelItem extends At {
  kind: 'label'
  of: FlowNode
  branch: BranchView
  place: Place
  empty: boolean
}

/** Where an empty branch can be filled, or the plus below a join. */
export interface SlotItem extends At {
  kind: 'empty' | 'join'
  of: FlowNode
  branch?: BranchView
  place: Place
}

export interface EndItem extends At {
  kind: 'end'
}

export type Item = TriggerItem | CardItem | LabelItem | SlotItem | EndItem

/** A line with right angles. */
export interface Line {
  id: string
  points: [x: number, y: number][]
  /** The node it comes from, "" for the trigger. */
  from: string
  /** The node it leads to; none: a join or the end. */
  to?: string
  /** It goes all the way through this branch of its node, which is empty. */
  through?: string
}

export interface Frame extends At {
  node: FlowNode
}

export interface Layout {
  items: Item[]
  lines: Line[]
  frames: Frame[]
}

/** How far a part reaches to both sides of the line that it hangs on, and down. */
interface Extent {
  left: number
  right: number
  height: number
}

interface Measured extends Extent {
  node: FlowNode
  branches: { view: BranchView; list: FlowNode[]; content: MeasuredList; offset: number }[]
  block: boolean
}

interface MeasuredList extends Extent {
  nodes: Measured[]
}

/** layout places every card of a document: the trigger at the top with its middle at x = 0, branches side by side,
 * joined below. Nothing is measured on the screen. */
export function layout(document: FlowDocument, types: NodeTypes | undefined): Layout {
  const out: Layout = { items: [], lines: [], frames: [] }
  out.items.push({ kind: 'trigger', id: '$trigger', x: -cardWidth / 2, y: 0, width: cardWidth, height: cardHeight })
  const exit = place(out, measureList(document.nodes, types), [], 0, cardHeight + gap, [0, cardHeight], '')
  const [width, height] = size.end
  out.items.push({ kind: 'end', id: '$end', x: -width / 2, y: exit.y + gap, width, height })
  if (!exit.ended) out.lines.push({ id: '$end', from: exit.from, points: [exit.point, [0, exit.y + gap]] })
  return out
}

function measureList(nodes: FlowNode[], types: NodeTypes | undefined): MeasuredList {
  const measured = nodes.map((node) => measure(node, types))
  return {
    nodes: measured,
    left: Math.max(cardWidth / 2, ...measured.map(({ left }) => left)),
    right: Math.max(cardWidth / 2, ...measured.map(({ right }) => right)),
    height: measured.reduce((sum, { height }) => sum + height + gap, 0),
  }
}

function measure(node: FlowNode, types: NodeTypes | undefined): Measured {
  const views = branchesOf(node, types)
  const block = isBlock(typeOf(types, node.type)) && views.length > 0
  const half = cardWidth / 2
  if (views.length === 0) return { node, branches: [], block, left: half, right: half, height: cardHeight }
  let x = 0
  const branches = views.map((view, i) => {
    const list = node.branches?.[view.name] ?? []
    const content = list.length > 0 ? measureList(list, types) : { nodes: [], left: half * 0.75, right: half * 0.75, height: size.empty[1] }
    if (i > 0) x += between
    const offset = x + content.left
    x = offset + content.right
    return { view, list, content, offset }
  })
  const middle = ((branches[0]?.offset ?? 0) + (branches.at(-1)?.offset ?? 0)) / 2
  const margin = block ? padding : 0
  return {
    node,
    block,
    branches: branches.map((branch) => ({ ...branch, offset: branch.offset - middle })),
    left: Math.max(half, middle) + margin,
    right: Math.max(half, x - middle) + margin,
    height: cardHeight + stem + head + Math.max(...branches.map(({ content }) => content.height)) + foot,
  }
}

/** Where a list is left: the next line begins there. */
interface Exit {
  point: [number, number]
  y: number
  from: string
  ended: boolean
}

function place(out: Layout, list: MeasuredList, branch: Place['branch'], x: number, top: number, start: [number, number], from: string): Exit {
  let exit: Exit = { point: start, y: top - gap, from, ended: false }
  list.nodes.forEach((one, index) => {
    const y = exit.y + gap
    const at = { branch, index }
    out.items.push({
      kind: 'card', id: one.node.key, x: x - cardWidth / 2, y, width: cardWidth, height: cardHeight,
      node: one.node, place: at, plus: one.branches.length === 0, last: index === list.nodes.length - 1,
    })
    if (!exit.ended) out.lines.push({ id: `>${one.node.key}`, from: exit.from, to: one.node.key, points: entering(exit.point, [x, y]) })
    exit = one.branches.length === 0
      ? { point: [x, y + cardHeight], y: y + cardHeight, from: one.node.key, ended: endsFlow(one.node.type) }
      : placeBranches(out, one, at, x, y)
  })
  return exit
}

/** entering turns off just above the label of a branch, when the line comes from elsewhere. */
function entering(from: [number, number], to: [number, number]): [number, number][] {
  if (from[0] === to[0]) return [from, to]
  const bar = from[1] + stem
  return [from, [from[0], bar], [to[0], bar], to]
}

function placeBranches(out: Layout, one: Measured, at: Place, x: number, y: number): Exit {
  const { node } = one
  const bottom = y + cardHeight
  const top = bottom + stem + head
  const join = y + one.height
  if (one.block) out.frames.push({ node, id: node.key, x: x - one.left, y: y + cardHeight / 2, width: one.left + one.right, height: join - y - cardHeight / 2 })
  const ended = one.branches.map(({ view, content, offset, list }) => {
    const inside: Place = { branch: [...at.branch, [node.key, view.name]], index: 0 }
    const at0 = x + offset
    const [width, height] = size.label
    out.items.push({ kind: 'label', id: `${node.key}/${view.name}`, x: at0 - width / 2, y: bottom + stem + 10, width, height, of: node, branch: view, place: inside, empty: list.length === 0 })
    if (list.length === 0) return placeEmpty(out, node, view, inside, [x, bottom], at0, top, join)
    const exit = place(out, content, inside.branch, at0, top, [x, bottom], node.key)
    if (!exit.ended) out.lines.push({ id: `${node.key}/${view.name}<`, from: exit.from, points: leaving(exit.point, [x, join]) })
    return exit.ended
  })
  const over = ended.every(Boolean)
  if (!over) out.items.push({ kind: 'join', id: `${node.key}<`, x: x - size.plus / 2, y: join + (gap - size.plus) / 2, width: size.plus, height: size.plus, of: node, place: { ...at, index: at.index + 1 } })
  return { point: [x, join], y: join, from: node.key, ended: over }
}

function placeEmpty(out: Layout, node: FlowNode, view: BranchView, inside: Place, start: [number, number], x: number, top: number, join: number): boolean {
  const [width, height] = size.empty
  out.items.push({ kind: 'empty', id: `${node.key}/${view.name}+`, x: x - width / 2, y: top - 26, width, height, of: node, branch: view, place: inside })
  const into = entering(start, [x, top])
  out.lines.push({ id: `${node.key}/${view.name}`, from: node.key, through: view.name, points: [...into.slice(0, -1), ...leaving([x, top], [start[0], join])] })
  return false
}

function leaving(from: [number, number], to: [number, number]): [number, number][] {
  if (from[0] === to[0]) return [from, to]
  return [from, [from[0], to[1]], to]
}

/** rounded draws a line as the path of an SVG, with rounded corners. */
export function rounded(points: [number, number][], radius = 8): string {
  return points.map(([x, y], i) => {
    const before = points[i - 1]
    const next = points[i + 1]
    if (!before) return `M${x} ${y}`
    if (!next) return `L${x} ${y}`
    const r = Math.min(radius, distance(before, [x, y]) / 2, distance([x, y], next) / 2)
    const [ax, ay] = toward([x, y], before, r)
    const [bx, by] = toward([x, y], next, r)
    return `L${ax} ${ay}Q${x} ${y} ${bx} ${by}`
  }).join('')
}

const distance = (a: [number, number], b: [number, number]) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])
const toward = (from: [number, number], to: [number, number], by: number): [number, number] => [
  from[0] + Math.sign(to[0] - from[0]) * by,
  from[1] + Math.sign(to[1] - from[1]) * by,
]
