import type { Schema } from '@/api/catalogue'

/** kindOf names the widget of a field: the one that the server asks for, or the one of its type. */
export function kindOf(schema: Schema): string {
  if (schema['x-ui']) return schema['x-ui']
  if (schema.enum) return 'select'
  const types = [schema.type ?? []].flat()
  if (types.length > 1) return types.join() === 'string,number' ? 'duration' : 'unknown'
  switch (types[0]) {
    case undefined:
      return Object.keys(schema).some((word) => word === 'oneOf' || word === 'anyOf' || word === 'allOf') ? 'unknown' : 'any'
    case 'boolean':
      return 'switch'
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return ofList(schema)
    case 'object':
      return schema.properties ? 'object' : 'keyvalue'
    case 'string':
      return schema['x-secret'] ? 'secret' : schema.format === 'date-time' ? 'datetime' : 'text'
    default:
      return 'unknown'
  }
}

function ofList({ items, 'x-secret': secret }: Schema): string {
  if (items?.enum) return 'multiselect'
  if (secret) return 'secrets'
  if (items?.type === 'string') return 'list'
  if (items?.type === 'integer' || items?.type === 'number') return 'numbers'
  return items?.type === 'object' ? 'rows' : 'unknown'
}
