/** A path of a variable: its root with the dollar sign, then names and indexes (contract, section 3). */
export interface VariablePath {
  root: string
  steps: string[]
}

const nameChars = String.raw`[\p{L}\p{Nd}\p{M}\-_$@#]+`
const rootPattern = new RegExp(String.raw`^\$${nameChars}`, 'u')
const stepPattern = new RegExp(String.raw`^(?:\.(${nameChars})|\[(\d+)\]|\["((?:[^"\\]|\\[^])*)"\]|\['((?:[^'\\]|\\[^])*)'\])`, 'u')
const plainName = new RegExp(`^${nameChars}$`, 'u')
const isIndex = (step: string) => /^\d+$/.test(step)

/** parsePath reads what stands between {{ and }}; null when it is no path. */
export function parsePath(text: string): VariablePath | null {
  const root = rootPattern.exec(text)?.[0]
  if (!root) return null
  const steps: string[] = []
  for (let rest = text.slice(root.length); rest !== ''; ) {
    const match = stepPattern.exec(rest)
    if (!match) return null
    const quoted = match[3] ?? match[4]
    steps.push(match[1] ?? match[2] ?? (quoted ?? '').replace(/\\([^])/g, '$1'))
    rest = rest.slice(match[0].length)
  }
  return { root, steps }
}

/** writePath spells a path so that parsePath, here and on the server, reads it back. */
export const writePath = ({ root, steps }: VariablePath): string => steps.reduce(extend, root)

/** extend is a path with one more step, a name or an index. */
export function extend(path: string, step: string): string {
  if (isIndex(step)) return `${path}[${step}]`
  if (plainName.test(step)) return `${path}.${step}`
  return `${path}["${step.replace(/["\\]/g, '\\$&')}"]`
}

/** reference is a path as a template holds it. */
export const reference = (path: string): string => `{{${path}}}`

/** A {{path}} in a text, with where it begins and ends. */
export interface Reference {
  from: number
  to: number
  path: string
}

const referencePattern = /\{\{((?:[^}"']|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\}(?!\}))*)\}\}/g

/** referencesOf lists the variables in a text, whether or not what they name exists. */
export function referencesOf(text: string): Reference[] {
  return [...text.matchAll(referencePattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    path: (match[1] ?? '').trim(),
  }))
}

/** hasReference reports whether a value is a text with a variable in it. */
export const hasReference = (value: unknown): value is string => typeof value === 'string' && referencesOf(value).length > 0

/** valueAt follows steps into a value as the server does: a name applied to a list is applied to each of its items,
 * and the result flattened by one level. undefined: there is nothing. */
export function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((at, step) => follow(at, step), value)
}

function follow(value: unknown, step: string): unknown {
  if (Array.isArray(value)) {
    if (isIndex(step)) return value[Number(step)]
    return value.flatMap((item) => {
      const inner = follow(item, step)
      return inner === undefined ? [] : inner
    })
  }
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined
}
