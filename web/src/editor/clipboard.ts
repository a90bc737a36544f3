import type { FlowNode } from '@/flow/document'

// The text on the clipboard is JSON, so that nodes go between tabs, workflows and people.
const mark = 'hookflow/nodes'
const keptKey = 'hookflow.clipboard'
const most = 1 << 20

/** clipOf writes nodes as the text that is put on the clipboard. */
export const clipOf = (nodes: FlowNode[]) => JSON.stringify({ type: mark, nodes }, null, 2)

/** nodesIn reads such a text; null when it is another one. */
export function nodesIn(text: string): FlowNode[] | null {
  if (text.length > most || !text.includes(mark)) return null
  try {
    const clip = JSON.parse(text) as { type?: unknown; nodes?: unknown }
    return clip.type === mark && Array.isArray(clip.nodes) && clip.nodes.length > 0 && clip.nodes.every(isNode) ? clip.nodes : null
  } catch {
    return null
  }
}

function isNode(value: unknown): value is FlowNode {
  if (typeof value !== 'object' || value === null) return false
  const { key, type, config, branches } = value as Record<string, unknown>
  return typeof key === 'string' && typeof type === 'string' && isPlain(config) && isPlain(branches) && Object.values(branches ?? {}).every((list) => Array.isArray(list) && list.every(isNode))
}

const isPlain = (value: unknown): value is Record<string, unknown> | undefined =>
  value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))

/** put keeps nodes for the paste of our own menus, and puts them on the clipboard where the browser lets a page do so. */
export function put(nodes: FlowNode[]) {
  const text = clipOf(nodes)
  localStorage.setItem(keptKey, text)
  navigator.clipboard?.writeText(text).catch(() => undefined)
}

/** held are the nodes that were copied last in this browser. */
export const held = () => nodesIn(localStorage.getItem(keptKey) ?? '')
