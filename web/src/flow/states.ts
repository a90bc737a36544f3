import type { NodeState } from './document'

/** A step of an execution, as far as the canvas needs it. */
export interface RunStep {
  nodeKey: string
  /** Where it ran: rounds of loops and branches that run at once have paths of their own. */
  path: string
  status: string
  durationMs: number
  attempt: number
  error?: string
}

const bad = new Set(['error', 'failed', 'aborted', 'cancelled'])
const busy = new Set(['running', 'waiting'])

/** statesOf sums the steps of an execution up by node: its last attempt in each round, and the worst of its rounds. */
export function statesOf(steps: RunStep[]): Record<string, NodeState> {
  const states: Record<string, NodeState> = {}
  for (const [key, rounds] of byNode(steps)) {
    const last = new Map<string, number>()
    for (const { path, attempt } of rounds) last.set(path, Math.max(attempt, last.get(path) ?? 0))
    const ends = rounds.filter(({ path, attempt }) => attempt === last.get(path))
    const shown = ends.find(({ status }) => busy.has(status)) ?? ends.find(({ status }) => bad.has(status)) ?? ends.at(-1)
    if (!shown) continue
    states[key] = { status: shown.status, times: rounds.length, durationMs: rounds.reduce((sum, { durationMs }) => sum + durationMs, 0), ...(shown.error && { error: shown.error }) }
  }
  return states
}

/** byNode groups the steps of each node; loops leave thousands of them. */
function byNode(steps: RunStep[]): Map<string, RunStep[]> {
  const groups = new Map<string, RunStep[]>()
  for (const step of steps) {
    const group = groups.get(step.nodeKey)
    if (group) group.push(step)
    else groups.set(step.nodeKey, [step])
  }
  return groups
}
