import { isBad, parsePath, timeOf, type Around, type Step } from '../steps'

/** A node from which an execution can be run again, and the nodes whose results are kept then. */
export interface Start {
  key: string
  before: string[]
}

interface Given {
  steps: Step[]
  around: ReadonlyMap<string, Around>
}

/** startsOf lists them in the order of the flow. What is in a loop or runs beside others is begun with what is around
 * it, so that it is no start of its own. */
export function startsOf({ steps, around }: Given): Start[] {
  const begun = new Map<string, number>()
  const done = new Set<string>()
  for (const step of steps) {
    if (parsePath(step.path).rounds.length > 0) continue
    begun.set(step.nodeKey, Math.min(begun.get(step.nodeKey) ?? Infinity, timeOf(step)))
    if (!isBad(step.status) && step.status !== 'running') done.add(step.nodeKey)
  }
  const order = (key: string) => around.get(key)?.order ?? Infinity
  const keys = [...begun.keys()].toSorted((a, b) => order(a) - order(b))
  return keys.map((key, index) => ({ key, before: keys.slice(0, index).filter((other) => done.has(other) && !isAround(other, key, around)) }))
}

function isAround(outer: string, key: string, around: ReadonlyMap<string, Around>): boolean {
  for (let parent = around.get(key)?.parent; parent; parent = around.get(parent)?.parent) if (parent === outer) return true
  return false
}
