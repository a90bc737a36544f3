import type { NodeState } from './document'
import type { Item, Layout, Line } from './layout'

/** didRun reports whether a node came to its turn. */
export const didRun = (state: NodeState | undefined) => state !== undefined && state.status !== 'skipped'

const passed = (state: NodeState | undefined) => state?.status === 'succeeded'

/** taken lists the lines of a layout along which an execution went. */
export function taken(layout: Layout, states: Record<string, NodeState>): Set<string> {
  const used = branchesRun(layout.items, states)
  return new Set(layout.lines.filter((line) => wasTaken(line, states, used)).map(({ id }) => id))
}

function wasTaken(line: Line, states: Record<string, NodeState>, used: ReadonlyMap<string, Set<string>>): boolean {
  if (line.to !== undefined) return didRun(states[line.to])
  if (line.through !== undefined) return passed(states[line.from]) && used.get(line.from)?.has(line.through) === true
  return line.from === '' ? Object.keys(states).length > 0 : passed(states[line.from])
}

/** branchesRun tells which branches of a node were entered: those in which something ran and, when nothing did, the
 * only one that is empty. */
function branchesRun(items: Item[], states: Record<string, NodeState>): ReadonlyMap<string, Set<string>> {
  const entered = new Map<string, Set<string>>()
  const empty = new Map<string, string[]>()
  for (const item of items) {
    if (item.kind === 'empty' && item.branch && item.branch.name !== 'error') empty.set(item.of.key, [...(empty.get(item.of.key) ?? []), item.branch.name])
    const last = item.kind === 'card' && didRun(states[item.node.key]) ? item.place.branch.at(-1) : undefined
    if (last) entered.set(last[0], (entered.get(last[0]) ?? new Set()).add(last[1]))
  }
  for (const [key, names] of empty) {
    const [only] = names
    if (names.length === 1 && only !== undefined && !entered.has(key)) entered.set(key, new Set([only]))
  }
  return entered
}
