/** How a replay went beside what it repeats. */
export type Verdict = 'fixed' | 'stillFailing' | 'nowFailing' | 'fine' | 'admitted' | 'running'

/** What counts of a delivery: its outcome, and what became of its execution when it has one. */
export interface Result {
  outcome: string
  /** Status of the execution, undefined without one. */
  status?: string
  /** Whether it got in although it could not prove itself. */
  admitted?: boolean
}

/** verdict compares a replay with the original. */
export function verdict(original: Result, replay: Result): Verdict | null {
  if (replay.admitted) return 'admitted'
  const [before, now] = [wentWell(original), wentWell(replay)]
  if (now === undefined) return 'running'
  if (before === undefined) return null
  if (now) return before ? 'fine' : 'fixed'
  return before ? 'nowFailing' : 'stillFailing'
}

const open = new Set(['queued', 'running', 'waiting'])

// What is filtered, a duplicate or a handshake was treated as somebody wants it to be.
function wentWell({ outcome, status }: Result): boolean | undefined {
  if (outcome === 'rejected') return false
  if (status === undefined) return true
  return open.has(status) ? undefined : status === 'succeeded'
}
