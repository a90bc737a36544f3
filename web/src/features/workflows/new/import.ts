import { useMutation } from '@tanstack/react-query'

import type { Schemas } from '@/api/client'
import { useMakeCollections } from '@/api/templates'
import type { FlowDocument } from '@/flow/document'

type Checked = Schemas['CheckedDocument']

/** formatOf tells JSON from YAML: a JSON document is an object or a list of them. */
export const formatOf = (text: string): 'json' | 'yaml' => (/^\s*[{[]/.test(text) ? 'json' : 'yaml')

/** Makes the collections first, since workflows use them, then the workflows as drafts, each under a
 * key that is free; it tells the keys. */
export function useImport(createDraft: (document: FlowDocument) => Promise<string>) {
  const collections = useMakeCollections()
  return useMutation({
    mutationFn: async (items: Checked[]) => {
      await collections.mutateAsync(items.filter((item) => item.kind === 'Collection' && !item.exists).map((item) => item.document))
      const keys: string[] = []
      for (const item of items) {
        // oxlint-disable-next-line no-await-in-loop
        if (item.kind === 'Workflow') keys.push(await createDraft(item.document as FlowDocument))
      }
      return keys
    },
  })
}
