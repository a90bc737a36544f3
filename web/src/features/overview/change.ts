/** How a figure has changed. */
export interface Change {
  direction: 'up' | 'down' | 'same'
  /** By how much of what it was, 0 or more; null when it was zero. */
  share: number | null
}

/** change compares a figure with that of the period before; null when there is nothing to compare. */
export function change(now: number | null | undefined, before: number | null | undefined): Change | null {
  if (now === null || now === undefined || before === null || before === undefined) return null
  if (now === before) return { direction: 'same', share: 0 }
  return { direction: now > before ? 'up' : 'down', share: before === 0 ? null : Math.abs(now - before) / before }
}
