/** A condition as its editor has it: a comparison, or a group of conditions. */
export type Condition = Comparison | Group

export interface Comparison {
  kind: 'comparison'
  left: unknown
  op: string
  right: unknown
}

export interface Group {
  kind: 'group'
  mode: 'all' | 'any'
  negated: boolean
  items: Condition[]
}

/** What the two sides of a comparison are called: conditions compare values, filters a field of records. */
export interface Names {
  left: 'left' | 'field'
  right: 'right' | 'value'
}

export const sides = {
  condition: { left: 'left', right: 'right' },
  filter: { left: 'field', right: 'value' },
} satisfies Record<string, Names>

type Members = Record<string, unknown>

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The condition of a new line. */
export const blank = (): Comparison => ({ kind: 'comparison', left: undefined, op: 'equals', right: undefined })

/** readCondition takes a condition as the server has it; null when it is none that the editor can show. */
export function readCondition(value: unknown, names: Names): Condition | null {
  if (!isMembers(value)) return null
  const { all, any, not } = value
  const known = new Set([names.left, 'op', names.right, 'all', 'any', 'not'])
  const given = [all, any, not].filter((one) => one !== undefined).length
  if (Object.keys(value).some((name) => !known.has(name)) || given > 1) return null
  if (given === 0) return { kind: 'comparison', left: value[names.left], op: typeof value.op === 'string' ? value.op : '', right: value[names.right] }
  if (value.op !== undefined) return null
  if (not !== undefined) return negatedOf(readCondition(not, names))
  const items = Array.isArray(all ?? any) ? ((all ?? any) as unknown[]).map((item) => readCondition(item, names)) : [null]
  if (items.includes(null)) return null
  return { kind: 'group', mode: all === undefined ? 'any' : 'all', negated: false, items: items as Condition[] }
}

function negatedOf(inner: Condition | null): Condition | null {
  if (!inner) return null
  if (inner.kind === 'group' && !inner.negated) return { ...inner, negated: true }
  return { kind: 'group', mode: 'all', negated: true, items: [inner] }
}

/** Operators that compare with nothing. */
export const alone: ReadonlySet<string> = new Set(['empty', 'notEmpty', 'exists', 'isTrue', 'isFalse'])

/** writeCondition is the condition as the server takes it. */
export function writeCondition(condition: Condition, names: Names): Members {
  if (condition.kind === 'comparison') {
    const { left, op, right } = condition
    return { ...(left !== undefined && { [names.left]: left }), op, ...(right !== undefined && !alone.has(op) && { [names.right]: right }) }
  }
  const items = condition.items.map((item) => writeCondition(item, names))
  if (!condition.negated) return { [condition.mode]: items }
  const only = condition.items[0]
  if (condition.mode === 'all' && items.length === 1 && only?.kind === 'comparison') return { not: items[0] }
  return { not: { [condition.mode]: items } }
}
