import { addField } from '@/api/collections'

import { keptOf, type DraftField } from './draft'

/** addPairs makes the ways back of new relations: in the other table a field that stands for the records here. */
export async function addPairs(collection: string, fields: DraftField[]) {
  for (const { name, pair, options } of keptOf(fields)) {
    if (!pair || !options?.collection || options.kind === 'many') continue
    // One after the other: two may lead to the same table.
    // oxlint-disable-next-line no-await-in-loop
    await addField(options.collection, { name: pair.trim(), type: 'relation', options: { collection, kind: 'many', field: name } })
  }
}
