import { useMutation } from '@tanstack/react-query'

import { addRecord, putSecret, useMakeCollections, type Template, type TemplateNeed } from '@/api/templates'
import { useCreateDraft } from '@/api/workflows'
import type { FlowDocument, FlowNode } from '@/flow/document'

import type { Name } from './NameFields'

/** What was said to each need, by its title. */
export type Answers = Record<string, string>

interface Making {
  template: Template
  name: Name
  answers: Answers
}

/** Makes what a template describes: its collections, secrets and records, then the workflow as a draft. */
export function useMakeFromTemplate() {
  const collections = useMakeCollections()
  const create = useCreateDraft()
  return useMutation({
    mutationFn: async ({ template, name, answers }: Making) => {
      await collections.mutateAsync(template.collections)
      for (const need of template.needs) {
        const answer = answers[need.title]?.trim()
        // oxlint-disable-next-line no-await-in-loop
        if (answer) await answered(need, answer)
      }
      const document = { ...(template.workflow as FlowDocument), key: name.key, title: name.title.trim() }
      return create.mutateAsync(withChannels(document, template.needs, answers))
    },
  })
}

async function answered(need: TemplateNeed, answer: string) {
  if (need.kind === 'secret' && need.name) return putSecret(need.name, answer)
  if (need.kind !== 'records' || !need.collection || !need.field) return
  for (const line of linesOf(answer)) {
    // oxlint-disable-next-line no-await-in-loop
    await addRecord(need.collection, { [need.field]: line })
  }
}

/** linesOf are the lines that say something, each once. */
export const linesOf = (text: string) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))]

/** withChannels has the nodes send by the channels that were chosen. */
export function withChannels(document: FlowDocument, needs: TemplateNeed[], answers: Answers): FlowDocument {
  const chosen = new Map(needs.filter((need) => need.kind === 'channel' && answers[need.title]).map((need) => [need.node, answers[need.title]]))
  const set = (node: FlowNode): FlowNode => ({
    ...node,
    ...(chosen.has(node.key) && { config: { channel: chosen.get(node.key), ...node.config } }),
    ...(node.branches && { branches: Object.fromEntries(Object.entries(node.branches).map(([name, nodes]) => [name, nodes.map(set)])) }),
  })
  return { ...document, nodes: document.nodes.map(set) }
}
