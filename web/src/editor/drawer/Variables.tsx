import { useMemo, type ReactNode } from 'react'

import type { NodeTypes } from '@/api/catalogue'
import { useSample } from '@/api/drafts'
import { useEnvOptions } from '@/api/options'
import type { FlowDocument } from '@/flow/document'
import { variableGroups, VariablesProvider } from '@/form/variables'

import { resultsOf } from '../run'
import { useEditor } from '../store'

/** Gives what is inside the variables that a node can read, with their values in the sample and the last runs; "" is
 * the trigger. */
export function Variables({ document, nodeKey, types, children }: { document: FlowDocument; nodeKey: string; types: NodeTypes; children: ReactNode }) {
  const key = useEditor((editor) => editor.key)
  const steps = useEditor((editor) => editor.steps)
  const pins = useEditor((editor) => editor.pins)
  const { data: sample } = useSample(key)
  const { data: env } = useEnvOptions()
  const groups = useMemo(() => {
    const results = { ...sample?.steps, ...resultsOf(steps), ...pins }
    return variableGroups({ document, nodeKey, nodeTypes: types, sample: sample?.context, results, env })
  }, [document, nodeKey, types, sample, steps, pins, env])
  return <VariablesProvider value={groups}>{children}</VariablesProvider>
}
