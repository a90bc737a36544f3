import { expect, test } from 'vitest'

import type { SchemeType } from '@/api/catalogue'
import type { FlowDocument } from '@/flow/document'

import { marksOf } from './progress'

const text = { en: '', zh: '' }
const github: SchemeType = {
  key: 'github', title: text, help: text, checks: text, sources: [],
  schema: { properties: { scheme: {}, secret: { 'x-secret': true }, secrets: { 'x-secret': true } }, required: ['scheme'] },
}
const right = { path: false, verification: false }
const webhook = (config: Record<string, unknown>, nodes: FlowDocument['nodes'] = []): FlowDocument => ({ kind: 'Workflow', key: 'a', trigger: { type: 'webhook', config }, nodes })
const callers = (verification: unknown, scheme: SchemeType | undefined = github, wrong = right) => marksOf(webhook({ verification }), scheme, wrong).callers

test('who may call is to be said, and with a secret', () => {
  expect(callers(undefined)).toBe('todo')
  expect(callers({ scheme: 'none' })).toBe('warning')
  expect(callers({ scheme: 'github' })).toBe('todo')
  expect(callers({ scheme: 'github', secret: '{{$env.A}}' })).toBe('done')
  expect(callers({ scheme: 'github', secrets: ['{{$env.A}}', '{{$env.B}}'] })).toBe('done')
  expect(callers({ scheme: 'github', secret: '{{$env.GONE}}' }, github, { path: false, verification: true })).toBe('warning')
})

test('what a scheme demands must be there', () => {
  const wecom: SchemeType = { ...github, key: 'wecom', schema: { properties: { token: { 'x-secret': true } }, required: ['scheme', 'token'] } }
  expect(callers({ scheme: 'wecom' }, wecom)).toBe('todo')
  expect(callers({ scheme: 'wecom', token: 'x' }, wecom)).toBe('done')
})

test('a caller that waits needs somebody who answers', () => {
  const answer = { key: 'r', type: 'response' }
  expect(marksOf(webhook({}), undefined, right).answer).toBe('free')
  expect(marksOf(webhook({ mode: 'sync' }), undefined, right).answer).toBe('warning')
  expect(marksOf(webhook({ mode: 'sync' }, [answer]), undefined, right).answer).toBe('done')
  expect(marksOf(webhook({ mode: 'sync' }, [{ ...answer, disabled: true }]), undefined, right).answer).toBe('warning')
})

test('a path that somebody else has is pointed at', () => {
  expect(marksOf(webhook({}), undefined, { path: true, verification: false }).endpoint).toBe('warning')
})
