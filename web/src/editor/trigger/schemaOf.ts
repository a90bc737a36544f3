import type { Schema } from '@/api/catalogue'

const mostItems = 50

/** schemaOf is a JSON Schema that a value meets and that says no more than it shows: types, and that what it has is
 * there. Null says that anything may stand there. */
export function schemaOf(value: unknown): Schema {
  if (value === null || value === undefined) return {}
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map(schemaOf)
    const first = items[0]
    return { type: 'array', ...(first && { items: items.reduce(common, first) }) }
  }
  if (typeof value !== 'object') return { type: typeof value }
  const fields = Object.entries(value).map(([name, inner]): [string, Schema] => [name, schemaOf(inner)])
  return { type: 'object', properties: Object.fromEntries(fields), required: fields.map(([name]) => name) }
}

/** common is what two values both meet. */
function common(a: Schema, b: Schema): Schema {
  if (a.type !== b.type) return {}
  if (a.type === 'array') return { type: 'array', ...(a.items && b.items && { items: common(a.items, b.items) }) }
  if (a.type !== 'object') return a
  const names = new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})])
  const field = (name: string): [string, Schema] => {
    const [left, right] = [a.properties?.[name], b.properties?.[name]]
    return [name, left && right ? common(left, right) : (left ?? right ?? {})]
  }
  return {
    type: 'object',
    properties: Object.fromEntries([...names].map(field)),
    required: (a.required ?? []).filter((name) => b.required?.includes(name)),
  }
}
