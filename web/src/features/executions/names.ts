import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeType, NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { typeOf } from '@/flow/branches'
import type { FlowDocument } from '@/flow/document'
import { allNodes } from '@/flow/tree'

/** A node as lists call it. */
export interface Name {
  title: string
  type: NodeType | undefined
}

/** useNames tells how a node is called, also one that the document does not know. */
export function useNames(document: FlowDocument | undefined, types: NodeTypes | undefined): (key: string) => Name {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const names = new Map<string, Name>()
    for (const node of allNodes(document?.nodes ?? [])) {
      const type = typeOf(types, node.type)
      names.set(node.key, { title: node.title || pick(type?.title, i18n.language) || node.key, type })
    }
    return (key) => names.get(key) ?? { title: key, type: undefined }
  }, [document, types, i18n.language])
}
