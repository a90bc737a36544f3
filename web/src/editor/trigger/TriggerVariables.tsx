import { useMemo, type ReactNode } from 'react'

import { useEnv } from '@/api/endpoint'
import { useNodeTypes } from '@/api/catalogue'
import { useSample } from '@/api/drafts'
import type { FlowDocument } from '@/flow/document'
import { variableGroups, VariablesProvider } from '@/form/variables'

import { useEditor } from '../store'

/** Gives the trigger's forms the variables that they may name: the request, as the sample shows it, and the server's own. */
export function TriggerVariables({ document, children }: { document: FlowDocument; children: ReactNode }) {
  const key = useEditor((editor) => editor.key)
  const { data: nodeTypes } = useNodeTypes()
  const { data: sample } = useSample(key)
  const { data: env } = useEnv()
  const groups = useMemo(() => variableGroups({ document, nodeKey: '', nodeTypes, sample: sample?.context, env }), [document, nodeTypes, sample, env])
  return <VariablesProvider value={groups}>{children}</VariablesProvider>
}
