import { hasEnded, readRun, startRun, type FullStep, type Run, type RunBody } from '@/api/runs'
import type { Sample } from '@/api/drafts'
import type { NodeTypes } from '@/api/catalogue'
import { typeOf } from '@/flow/branches'
import type { FlowNode } from '@/flow/document'
import { upstream } from '@/flow/scope'
import { allNodes } from '@/flow/tree'

import { save } from './save'
import { useEditor } from './store'

const interval = 500

/** What part of the flow a test runs: all of it, one node, or everything up to one. */
export type Part = { node?: string; until?: string }

/** start runs the draft, or a part of it, and shows what its nodes do while they do it. */
export async function start(part: Part, sample: Sample | null | undefined, dryRun: boolean): Promise<void> {
  if (!(await save())) throw useEditor.getState().error ?? new Error('not saved')
  const { key } = useEditor.getState()
  useEditor.setState({ running: true })
  try {
    await follow(key, await startRun(key, bodyOf(part, sample, dryRun)), part)
  } finally {
    useEditor.setState({ running: false })
  }
}

function bodyOf(part: Part, sample: Sample | null | undefined, dryRun: boolean): RunBody {
  const { pins } = useEditor.getState()
  const context = sample?.context
  const given = part.node ? { ...resultsBefore(part.node), ...others(pins, part.node) } : part.until ? others(pins, part.until) : pins
  return { ...part, ...(context !== undefined && { context }), ...(Object.keys(given).length > 0 && { pins: given }), dryRun }
}

const others = (pins: Record<string, unknown>, key: string) => Object.fromEntries(Object.entries(pins).filter(([name]) => name !== key))

/** resultsBefore are the last results of the nodes that a node may read. */
function resultsBefore(key: string): Record<string, unknown> {
  const { steps, history } = useEditor.getState()
  const results = resultsOf(steps)
  return Object.fromEntries(upstream(history.present, key).flatMap(({ node }) => (node.key in results ? [[node.key, results[node.key]]] : [])))
}

/** resultsOf are the results by node: those of the last round where there were more. */
export const resultsOf = (steps: Record<string, FullStep[]>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(steps).flatMap(([key, all]) => {
      const last = all.findLast(({ status, output }) => status === 'succeeded' && output !== undefined)
      return last ? [[key, last.output]] : []
    }),
  )

async function follow(key: string, id: string, part: Part) {
  const { steps } = useEditor.getState()
  for (;;) {
    // Each answer is shown before the next one is asked for.
    // oxlint-disable-next-line no-await-in-loop
    const run = await readRun(id)
    if (useEditor.getState().key !== key) return
    useEditor.setState({ run, steps: { ...(part.node && steps), ...byNode(run.steps) } })
    if (hasEnded(run)) return
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      setTimeout(resolve, interval)
    })
  }
}

function byNode(steps: FullStep[]): Record<string, FullStep[]> {
  const groups: Record<string, FullStep[]> = {}
  for (const step of steps) (groups[step.nodeKey] ??= []).push(step)
  return groups
}

/** debug shows an execution in the editor. */
export async function debug(id: string): Promise<Run> {
  const run = await readRun(id)
  useEditor.setState({ run, steps: byNode(run.steps) })
  return run
}

/** actingIn lists the nodes of a part that a test would have send or write. */
export function actingIn(part: Part, types: NodeTypes): FlowNode[] {
  const { history, pins } = useEditor.getState()
  const nodes = allNodes(history.present.nodes)
  const ran = part.until ? new Set([part.until, ...upstream(history.present, part.until).map(({ node }) => node.key)]) : undefined
  return nodes.filter((node) => {
    if (part.node ? node.key !== part.node : ran && !ran.has(node.key)) return false
    return !node.disabled && !(node.key in pins) && typeOf(types, node.type)?.effect !== 'pure'
  })
}
