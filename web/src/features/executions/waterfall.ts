import { isBad, parsePath, timeOf, type Around, type Step } from './steps'

/** A line of the waterfall: a step, or one round of a loop with the steps in it. */
export interface Line {
  id: string
  /** Of the node, also for its rounds. */
  key: string
  /** Of a round or branch; undefined for a step. */
  label: string | undefined
  step: Step | undefined
  parent: Line | undefined
  inner: Line[]
  /** Milliseconds since the execution started; of what runs, until now. */
  start: number
  end: number
  status: string
  /** The result was taken over from the execution that this one repeats. */
  kept: boolean
  /** Something in it has failed. */
  failedInside: boolean
}

interface Given {
  steps: Step[]
  around: ReadonlyMap<string, Around>
  /** When the execution was created and when a worker took it, in milliseconds since 1970. */
  created: number
  started: number
  now: number
}

/** linesOf orders steps into a tree: rounds under their loop, what is in a branch under its node. */
export function linesOf({ steps, around, ...times }: Given): Line[] {
  const lines = new Map<string, Line>()
  const tops: Line[] = []
  const add = (id: string, key: string, label: string | undefined, parent: Line | undefined): Line => {
    const line = { id, key, label, parent, step: undefined, inner: [], start: 0, end: 0, status: 'running', kept: false, failedInside: false }
    lines.set(id, line)
    ;(parent?.inner ?? tops).push(line)
    return line
  }
  const at = (id: string, key: string, label?: string): Line => lines.get(id) ?? add(id, key, label, parentOf(id, key, label))
  const parentOf = (id: string, key: string, label: string | undefined): Line | undefined => {
    if (label !== undefined) return at(id.slice(0, -label.length - 2), key)
    const before = id.slice(0, -key.length)
    const round = parsePath(id).rounds.at(-1)
    const parent = around.get(key)?.parent
    if (round && (!parent || parent === round.node)) return at(before.slice(0, -1), round.node, round.label)
    return parent ? at(before + parent, parent) : undefined
  }
  for (const step of steps) {
    const line = at(step.path, step.nodeKey)
    // A path occurs again when a node around it was tried again.
    const own = line.step ? add(`${step.path}#${lines.size}`, step.nodeKey, undefined, line.parent) : line
    measure(own, step, times)
  }
  tops.forEach(settle)
  return tops.sort(inTime)
}

function measure(line: Line, step: Step, { created, started, now }: { created: number; started: number; now: number }) {
  const at = timeOf(step)
  line.step = step
  line.status = step.status
  line.kept = at < created
  if (line.kept) return
  line.start = Math.max(0, at - started)
  line.end = step.status === 'running' ? Math.max(line.start, now - started) : line.start + step.durationMs
}

/** settle gives rounds the time and the state of what is in them. */
function settle(line: Line) {
  line.inner.forEach(settle)
  line.inner.sort(inTime)
  line.failedInside = line.inner.some(({ status, failedInside }) => isBad(status) || failedInside)
  if (line.step) return
  line.start = line.inner.reduce((start, inner) => Math.min(start, inner.start), Infinity)
  line.end = line.inner.reduce((end, inner) => Math.max(end, inner.end), 0)
  line.kept = line.inner.every(({ kept }) => kept)
  line.status = line.inner.find(({ status }) => status === 'running')?.status ?? line.inner.find(({ status }) => isBad(status))?.status ?? line.inner.at(-1)?.status ?? 'running'
}

const inTime = (a: Line, b: Line) => a.start - b.start

/** A line as it is listed. */
export interface Shown {
  line: Line
  depth: number
  open: boolean
}

const fewRounds = 20

/** opensItself reports whether a line is open before anybody touched it: unless it has many rounds. */
export const opensItself = ({ inner }: Line) => inner.length <= fewRounds

/** shownOf lists the lines from top to bottom, those in closed ones left out; toggled are those that are not as they
 * are by themselves. */
export function shownOf(lines: Line[], toggled: ReadonlySet<string>): Shown[] {
  const shown: Shown[] = []
  const list = (some: Line[], depth: number) => {
    for (const line of some) {
      const open = line.inner.length > 0 && opensItself(line) !== toggled.has(line.id)
      shown.push({ line, depth, open })
      if (open) list(line.inner, depth + 1)
    }
  }
  list(lines, 0)
  return shown
}

/** opened is toggled with all that is around a line open. */
export function opened(line: Line, toggled: ReadonlySet<string>): ReadonlySet<string> {
  const next = new Set(toggled)
  for (let around = line.parent; around; around = around.parent) {
    if (opensItself(around)) next.delete(around.id)
    else next.add(around.id)
  }
  return next
}

/** lineOf finds the line of a step. */
export function lineOf(lines: Line[], step: Step): Line | undefined {
  for (const line of lines) {
    const found = line.step === step ? line : lineOf(line.inner, step)
    if (found) return found
  }
  return undefined
}

/** scaleOf places a moment between 0 and 1; the logarithmic scale tells a microsecond from a millisecond beside minutes. */
export function scaleOf(total: number, logarithmic: boolean): (ms: number) => number {
  if (total <= 0) return () => 0
  return logarithmic ? (ms) => Math.log1p(ms * 100) / Math.log1p(total * 100) : (ms) => ms / total
}
