import type { Json } from './lossless'

/** One line of a tree. */
export interface Row {
  /** Unique in the tree: the steps to it, as JSON. */
  id: string
  steps: string[]
  /** A name, an index, or "" at the top. */
  label: string
  json: Json
  /** How many members or items it has; 0 for a plain value. */
  size: number
}

const idOf = (steps: string[]) => JSON.stringify(steps)

const size = (json: Json) => (json.type === 'object' ? json.members.length : json.type === 'array' ? json.items.length : 0)

const inside = (json: Json): [string, Json][] =>
  json.type === 'object' ? json.members : json.type === 'array' ? json.items.map((item, index) => [String(index), item]) : []

/** rows lists what is visible of a value: what is inside of an open row follows it. */
export function rows(root: Json, isOpen: (row: Row) => boolean): Row[] {
  const all: Row[] = []
  const add = (json: Json, steps: string[], label: string) => {
    const row: Row = { id: idOf(steps), steps, label, json, size: size(json) }
    all.push(row)
    if (row.size === 0 || !isOpen(row)) return
    for (const [name, value] of inside(json)) add(value, [...steps, name], name)
  }
  add(root, [], '')
  return all
}

/** matches finds the rows whose name or plain value holds a text, and opens the way to them: their ids and those of
 * everything around them. No more than limit are looked for. */
export function matches(root: Json, text: string, limit = 500): { found: Set<string>; around: Set<string> } {
  const wanted = text.toLowerCase()
  const found = new Set<string>()
  const around = new Set<string>()
  const look = (json: Json, steps: string[], label: string): void => {
    if (found.size >= limit) return
    if (label.toLowerCase().includes(wanted) || plain(json).toLowerCase().includes(wanted)) {
      found.add(idOf(steps))
      for (let n = 0; n < steps.length; n++) around.add(idOf(steps.slice(0, n)))
    }
    for (const [name, value] of inside(json)) look(value, [...steps, name], name)
  }
  if (wanted !== '') look(root, [], '')
  return { found, around }
}

/** plain is a value that has nothing inside, as text; "" of others. */
export function plain(json: Json): string {
  switch (json.type) {
    case 'string':
      return json.value
    case 'number':
      return json.text
    case 'boolean':
      return String(json.value)
    case 'null':
      return 'null'
    default:
      return ''
  }
}
