/** One place that differs: where, and what stood there before and stands there now. */
export interface Change {
  path: string
  before: unknown
  after: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** changesOf compares what something was with what it is, member by member. Lists are compared as wholes. */
export function changesOf(before: unknown, after: unknown, path = ''): Change[] {
  if (!isObject(before ?? {}) || !isObject(after ?? {}) || (path && !(isObject(before) && isObject(after)))) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
  }
  const was = (before ?? {}) as Record<string, unknown>
  const is = (after ?? {}) as Record<string, unknown>
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.flatMap((name) => changesOf(was[name], is[name], path ? `${path}.${name}` : name))
}
