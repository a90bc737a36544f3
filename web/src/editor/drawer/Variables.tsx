import type { ReactNode } from 'react'

import type { NodeTypes } from '@/api/catalogue'
import type { FlowNode } from '@/flow/document'

/** The variables that a node can read: for its form, and as a panel. */
export function Variables({ children }: { node: FlowNode; types: NodeTypes; children: (panel: ReactNode) => ReactNode }) {
  return children(null)
}
