import type { DeliveryItem } from '@/api/deliveries'

/** The codes by which the server rejects: contract, section 1. A test compares them with the server's. */
export const reasons = [
  'no_such_path', 'disabled', 'method', 'ip', 'rate_limited', 'too_large', 'timeout', 'verification', 'malformed', 'schema', 'overloaded',
] as const

/** The steps that a request goes through, in their order. */
export const steps = ['path', 'enabled', 'method', 'ip', 'rate', 'body', 'verification', 'content', 'schema', 'dedupe', 'filter', 'queue'] as const
export type Step = (typeof steps)[number]

// Where each rejection happens.
const stopsAt: Record<string, Step> = {
  no_such_path: 'path', disabled: 'enabled', method: 'method', ip: 'ip', rate_limited: 'rate', too_large: 'body', timeout: 'body',
  verification: 'verification', malformed: 'content', schema: 'schema', overloaded: 'queue',
}

// A replay goes only through what is about the request itself, and not about when it came.
const atReplay: Step[] = ['ip', 'method', 'verification', 'content', 'schema', 'filter', 'queue']

/** How far a request came at one step. */
export interface Rung {
  step: Step
  /** unused: there is none; bypassed: an administrator let the request in all the same. */
  state: 'passed' | 'stopped' | 'unused' | 'bypassed' | 'unreached'
}

/** ladder is how far a request came, step by step. */
export function ladder(delivery: Pick<DeliveryItem, 'outcome' | 'reason' | 'replayOf' | 'verification'>): Rung[] {
  const all = delivery.replayOf ? atReplay : steps
  const stop = stopOf(delivery)
  const at = stop ? all.indexOf(stop) : all.length
  return all.map((step, index) => {
    if (index === at) return { step, state: delivery.outcome === 'handshake' ? 'passed' : 'stopped' }
    if (index > at) return { step, state: 'unreached' }
    return { step, state: step === 'verification' ? verified(delivery.verification) : 'passed' }
  })
}

function verified(report: DeliveryItem['verification'] | null): Rung['state'] {
  if (!report || report.scheme === 'none') return 'unused'
  return report.ok ? 'passed' : 'bypassed'
}

function stopOf({ outcome, reason, verification }: Pick<DeliveryItem, 'outcome' | 'reason' | 'verification'>): Step | undefined {
  switch (outcome) {
    case 'duplicate':
      return 'dedupe'
    case 'filtered':
      return 'filter'
    case 'handshake':
      return 'verification'
    case 'rejected':
      // What can happen at two places happened at the first, if nothing was verified after it.
      return verification || stopsAt[reason] !== 'content' && stopsAt[reason] !== 'queue' ? stopsAt[reason] : 'body'
    default:
      return undefined
  }
}
