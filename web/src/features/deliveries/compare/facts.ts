import type { Delivery } from '@/api/deliveries'

/** One line of a comparison; undefined: it is not there. */
export interface Line {
  name: string
  left: string | undefined
  right: string | undefined
}

/** Facts of two requests that may differ, in the order in which they are shown. */
export const factNames = ['outcome', 'reason', 'status', 'method', 'url', 'sender'] as const

/** facts compares what two requests are. */
export function facts(left: Delivery, right: Delivery): Line[] {
  const of = (delivery: Delivery): Record<(typeof factNames)[number], string> => ({
    outcome: delivery.outcome, reason: delivery.reason, status: String(delivery.status), method: delivery.method, url: delivery.url, sender: delivery.ip,
  })
  const [a, b] = [of(left), of(right)]
  return factNames.map((name) => ({ name, left: a[name], right: b[name] }))
}

/** headers compares two sets of headers by name; values of the same name are joined in their order. */
export function headers(left: Delivery, right: Delivery): Line[] {
  const [a, b] = [joined(left), joined(right)]
  return [...new Set([...a.keys(), ...b.keys()])].toSorted().map((name) => ({ name, left: a.get(name), right: b.get(name) }))
}

function joined({ request }: Delivery): Map<string, string> {
  const all = new Map<string, string>()
  for (const { name, value } of request.headers) {
    const key = name.toLowerCase()
    all.set(key, all.has(key) ? `${all.get(key)}, ${value}` : value)
  }
  return all
}

/** differs reports whether a line is worth being looked at. */
export const differs = ({ left, right }: Line) => left !== right
