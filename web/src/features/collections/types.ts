import type { Field } from '@/api/collections'

/** The types that a field can have, in the order in which they are offered. */
export const fieldTypes = [
  'string', 'text', 'integer', 'bigint', 'number', 'decimal', 'boolean', 'date', 'datetime', 'select', 'email', 'url', 'uuid', 'relation', 'file', 'json',
] as const
export type FieldType = (typeof fieldTypes)[number]

const textual = new Set(['id', 'string', 'text', 'email', 'url', 'uuid', 'select'])
const numeric = new Set(['integer', 'bigint', 'number', 'decimal'])
const unsorted = new Set(['text', 'json', 'file'])

export const isTextual = ({ type }: Pick<Field, 'type'>) => textual.has(type)
export const isNumeric = ({ type }: Pick<Field, 'type'>) => numeric.has(type)

/** A relation of kind many keeps nothing: it stands for the records of another table that lead here. */
export const isMany = ({ type, options }: Pick<Field, 'type' | 'options'>) => type === 'relation' && options?.kind === 'many'

/** Records can be put in the order of such a field. */
export const isSortable = (field: Field) => !unsorted.has(field.type) && !isMany(field)

/** A field can be indexed and unique where its values have an order. */
export const isIndexable = isSortable

/** Fields that every record has; nobody sets them. */
export const ownFields: readonly Field[] = [
  { name: 'id', type: 'id' },
  { name: 'createdAt', type: 'datetime' },
  { name: 'updatedAt', type: 'datetime' },
]
const own = new Set(ownFields.map(({ name }) => name))

export const isOwn = ({ name }: Pick<Field, 'name'>) => own.has(name)

/** The field by which a record is called where another one leads to it: the first short text that is required, else the
 * first one at all. */
export function naming(fields: readonly Field[]): Field | undefined {
  const short = fields.filter(({ type }) => ['string', 'email', 'select'].includes(type))
  return short.find(({ required }) => required) ?? short[0]
}

/** What the name of a table or a field must look like. */
export const namePattern = /^[A-Za-z]\w{0,62}$/
