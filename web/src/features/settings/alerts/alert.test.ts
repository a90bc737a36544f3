import { expect, test } from 'vitest'

import type { FlowDocument } from '@/flow/document'

import { alertWorkflow, withHandler } from './alert'

const texts = { title: 'Tell of failures', failed: 'Failed', status: 'Status', reason: 'Reason', when: 'When', look: 'Look' }

test('the message names the failed execution and links to it', () => {
  const { nodes, trigger } = alertWorkflow({ key: 'notify-failures', channel: 'ops', to: [], texts, base: 'https://hooks.example/' })
  expect(trigger).toEqual({ type: 'manual' })
  expect(nodes[0]?.config).toEqual({
    channel: 'ops',
    title: 'Failed: {{$context.workflow}}',
    text: 'Status: {{$context.status}}\nReason: {{$context.error}}\nWhen: {{$context.finishedAt}}\nLook: https://hooks.example/executions/{{$context.id}}',
  })
})

test('recipients are named where there are some', () => {
  const { nodes } = alertWorkflow({ key: 'a', channel: 'mail', to: ['a@example.com'], texts, base: '' })
  expect(nodes[0]?.config?.to).toEqual(['a@example.com'])
})

test('a handler is set and taken away, other options stay', () => {
  const document: FlowDocument = { kind: 'Workflow', key: 'a', options: { timeout: '1m' }, trigger: { type: 'manual' }, nodes: [] }
  const handled = withHandler(document, 'notify-failures')
  expect(handled.options).toEqual({ timeout: '1m', onError: 'notify-failures' })
  expect(withHandler(handled, null)).toEqual(document)
})
