import type { Schemas } from '@/api/client'
import type { FlowDocument } from '@/flow/document'
import { walk } from '@/flow/tree'

/** A step as lists have it: without what went in and came out. */
export type Step = Schemas['Step']

/** One round of a loop, or one of the branches that run at once: each[3] or both[mail]. */
export interface Round {
  node: string
  label: string
}

/** Where a step ran. */
export interface Where {
  /** The rounds and branches around it, outermost first. */
  rounds: Round[]
  node: string
}

const first = /^([A-Za-z_][A-Za-z0-9_-]*)\[(.*?)\]\.(?=[A-Za-z_])/s

/** parsePath takes the path of a step apart: each[3].both[mail].send. */
export function parsePath(path: string): Where {
  const rounds: Round[] = []
  let rest = path
  for (let match = first.exec(rest); match; match = first.exec(rest)) {
    rounds.push({ node: match[1] ?? '', label: match[2] ?? '' })
    rest = rest.slice(match[0].length)
  }
  return { rounds, node: rest }
}

/** A node of the document and the one around it. */
export interface Around {
  parent: string | null
  /** The nodes in it run round by round. */
  loops: boolean
  /** Its place in the order of the document. */
  order: number
}

/** aroundOf tells of every node what it stands in. */
export function aroundOf(document: FlowDocument): Map<string, Around> {
  const around = new Map<string, Around>()
  walk(document.nodes, ({ node, parents }) => {
    around.set(node.key, { parent: parents.at(-1)?.key ?? null, loops: node.branches?.body !== undefined, order: around.size })
  })
  return around
}

/** runsOf lists the runs of one node, first to last: the rounds of the loops around it. */
export const runsOf = (steps: Step[], key: string): Step[] =>
  steps
    .filter(({ nodeKey }) => nodeKey === key)
    .map((step) => ({ step, at: timeOf(step) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ step }) => step)

/** timeOf is when a step started, in milliseconds with what is left of microseconds. */
export function timeOf({ startedAt }: Pick<Step, 'startedAt'>): number {
  const fraction = /\.(\d+)/.exec(startedAt)?.[1] ?? ''
  const micros = Number(fraction.padEnd(6, '0').slice(3, 6)) / 1000
  return Date.parse(startedAt) + micros
}

const badStatuses = new Set(['failed', 'error', 'aborted', 'cancelled', 'rejected'])

/** isBad reports whether a step or an execution ended other than it should. */
export const isBad = (status: string) => badStatuses.has(status)

/** hasEnded reports whether nothing more will happen. */
export const hasEnded = (status: string) => status !== 'queued' && status !== 'running' && status !== 'waiting'

/** culprit is the step at which an execution failed: the innermost of the last that did. */
export function culprit(steps: Step[], error: string): Step | undefined {
  const bad = steps.filter(({ status }) => isBad(status))
  const blamed = bad.filter((step) => step.error && error.includes(step.error))
  return blamed[0] ?? bad.at(-1)
}

/** inRound keeps, of the loops around a path, only the round that it is in; all else stays. */
export function inRound(steps: Step[], path: string, around: ReadonlyMap<string, Around>): Step[] {
  const chosen = parsePath(path).rounds
  if (chosen.length === 0) return steps
  return steps.filter((step) => {
    const { rounds } = parsePath(step.path)
    for (const [i, round] of rounds.entries()) {
      const one = chosen[i]
      if (!one || one.node !== round.node) return true
      if (one.label !== round.label) return !around.get(round.node)?.loops
    }
    return true
  })
}

/** A try of a step before its last one. */
export interface Attempt {
  number: number
  error: string
  at: string
}

const attemptLine = /^attempt (\d+): ([\s\S]*)$/

/** attemptsOf reads the tries that failed from what the engine logged of them. */
export function attemptsOf(logs: Schemas['Log'][]): Attempt[] {
  return logs.flatMap(({ text, at, level }) => {
    const match = level === 'warn' ? attemptLine.exec(text) : null
    return match ? [{ number: Number(match[1]), error: match[2] ?? '', at }] : []
  })
}

export type Verdict = 'fixed' | 'stillFailing' | 'nowFailing' | 'asBefore'

/** verdictOf compares a run with the one that it repeats, once both have ended. */
export function verdictOf(original: string, again: string): Verdict | undefined {
  if (!hasEnded(original) || !hasEnded(again)) return undefined
  if (isBad(again)) return isBad(original) ? 'stillFailing' : 'nowFailing'
  return isBad(original) ? 'fixed' : 'asBefore'
}
