import { expect, test } from 'vitest'

import type { FlowDocument } from '@/flow/document'

import { linesOf, withChannels } from './make'

const document: FlowDocument = {
  kind: 'Workflow',
  key: 'a',
  trigger: { type: 'webhook' },
  nodes: [
    { key: 'if', type: 'condition', branches: { true: [{ key: 'tell', type: 'notify', config: { text: 'x' } }] } },
    { key: 'mail', type: 'mail', config: { to: 'y' } },
  ],
}
const need = (node: string) => ({ kind: 'channel' as const, title: node, help: '', node })

test('a channel that was chosen goes into its node, however deep', () => {
  const made = withChannels(document, [need('tell'), need('mail')], { tell: 'team-chat' })
  expect(made.nodes[0]?.branches?.true?.[0]?.config).toEqual({ channel: 'team-chat', text: 'x' })
  expect(made.nodes[1]).toEqual(document.nodes[1])
})

test('lines are taken once, without blanks', () => {
  expect(linesOf(' a@b.cc \n\n c@d.ee\r\na@b.cc')).toEqual(['a@b.cc', 'c@d.ee'])
})
