import type { NodeType } from '@/api/catalogue'

/** familyOf is the family that a node is drawn in: what it does, by its schema rather than by its name. */
export function familyOf(type: NodeType | undefined): string {
  if (!type) return 'code'
  const has = (field: string) => type.schema.properties?.[field] !== undefined
  if (has('collection') || type.effect === 'database' && type.family === 'data') return 'record'
  if (has('channel')) return 'notify'
  if (type.icon === 'reply') return 'response'
  if (type.family === 'out') return 'http'
  return type.family
}
