import type { NodeState } from '@/flow/document'
import { statesOf } from '@/flow/states'

import type { Around, Step } from '../steps'

/** What a node did in one execution. */
export interface Side {
  status: string
  times: number
  durationMs: number
}

/** What a node did in two executions; undefined where it did not run. */
export interface NodeDifference {
  key: string
  here: Side | undefined
  there: Side | undefined
  /** It ended another way, or another number of times. */
  otherwise: boolean
}

/** differences lists the nodes of two executions in the order of the flow. */
export function differences(here: Step[], there: Step[], around: ReadonlyMap<string, Around>): NodeDifference[] {
  const [ours, theirs] = [statesOf(here), statesOf(there)]
  const order = (key: string) => around.get(key)?.order ?? Infinity
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].toSorted((a, b) => order(a) - order(b))
  return keys.map((key) => {
    const [a, b] = [sideOf(ours[key]), sideOf(theirs[key])]
    return { key, here: a, there: b, otherwise: a?.status !== b?.status || a?.times !== b?.times }
  })
}

const sideOf = (state: NodeState | undefined): Side | undefined => state && { status: state.status, times: state.times ?? 1, durationMs: state.durationMs ?? 0 }
