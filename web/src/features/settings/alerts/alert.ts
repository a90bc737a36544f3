import type { ChannelType } from '@/api/catalogue'
import type { WorkflowItem } from '@/api/workflows'
import type { FlowDocument } from '@/flow/document'

/** Words of the message, in the language of who sets it up. */
export interface AlertTexts {
  title: string
  failed: string
  status: string
  reason: string
  when: string
  look: string
}

interface Alert {
  key: string
  channel: string
  to: string[]
  texts: AlertTexts
  /** Base of the UI's addresses, for the link in the message. */
  base: string
}

/** alertWorkflow is a workflow that tells of an execution that failed, which it gets as its $context. */
export function alertWorkflow({ key, channel, to, texts, base }: Alert): FlowDocument {
  const lines = [
    `${texts.status}: {{$context.status}}`,
    `${texts.reason}: {{$context.error}}`,
    `${texts.when}: {{$context.finishedAt}}`,
    `${texts.look}: ${base.replace(/\/$/, '')}/executions/{{$context.id}}`,
  ]
  const config = { channel, ...(to.length > 0 && { to }), title: `${texts.failed}: {{$context.workflow}}`, text: lines.join('\n') }
  return {
    kind: 'Workflow',
    key,
    title: texts.title,
    enabled: true,
    trigger: { type: 'manual' },
    nodes: [{ key: 'tell', type: 'notify', title: texts.title, config, retry: { attempts: 3, interval: '30s' } }],
  }
}

/** sampleFailure is what the handler of a failure is tried with. */
export const sampleFailure = (texts: Pick<AlertTexts, 'title'>, now: string) => ({
  id: 'test',
  workflow: 'test',
  revision: 1,
  status: 'failed',
  error: texts.title,
  startedBy: 'webhook',
  createdAt: now,
  finishedAt: now,
  context: {},
})

/** canTell reports whether a channel of the type takes a plain message: text messages by template are none. */
export const canTell = (type: ChannelType | undefined) => type !== undefined && type.takes.includes('text') && !type.needs.includes('template')

/** handlersOf are the workflows that look after failures of others. */
export function handlersOf(workflows: WorkflowItem[]): WorkflowItem[] {
  const named = new Set(workflows.map((one) => one.onError).filter(Boolean))
  return workflows.filter((one) => named.has(one.key))
}

/** withHandler has the failures of a workflow looked after by another one, or by none. */
export function withHandler(document: FlowDocument, handler: string | null): FlowDocument {
  const { onError: _, ...options } = document.options ?? {}
  return { ...document, options: handler ? { ...options, onError: handler } : options }
}
