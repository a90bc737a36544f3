/** What was, what is and what was undone. States share what did not change, so that keeping them costs little. */
export interface History<T> {
  past: Step<T>[]
  present: T
  future: Step<T>[]
}

interface Step<T> {
  state: T
  /** What the change was, for the button that undoes it. */
  name: string
  /** Changes of the same thing within a moment are one step. */
  thing: string
  at: number
}

const most = 200
const moment = 1000

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [] })

/** record adds a change; typing into one field (the same thing, within a second) is one step. */
export function record<T>(history: History<T>, state: T, name: string, thing: string, at: number): History<T> {
  if (state === history.present) return history
  const last = history.past.at(-1)
  if (last && thing !== '' && last.thing === thing && at - last.at < moment && history.future.length === 0) {
    return { past: history.past.with(-1, { ...last, at }), present: state, future: [] }
  }
  return { past: [...history.past.slice(1 - most), { state: history.present, name, thing, at }], present: state, future: [] }
}

/** undo goes a step back, if there is one. */
export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (!last) return history
  return { past: history.past.slice(0, -1), present: last.state, future: [{ ...last, state: history.present }, ...history.future] }
}

/** redo takes the last undo back. */
export function redo<T>(history: History<T>): History<T> {
  const next = history.future[0]
  if (!next) return history
  return { past: [...history.past, { ...next, state: history.present, thing: '' }], present: next.state, future: history.future.slice(1) }
}
