import { expect, test } from 'vitest'

import type { Sample } from '@/api/drafts'

import { badHeader, filled, requestOf, toSend } from './request'

const sample = {
  request: {
    method: 'PUT', url: 'http://h/api/webhooks/a', query: 'x=1', params: {}, body: { ref: 'main' },
    headers: { 'Content-Type': 'application/json', Host: 'h', 'Content-Length': '9', 'X-GitHub-Event': 'push', 'X-Hub-Signature-256': 'sha256=1', 'X-Gitlab-Token': '••••', Authorization: 'Basic eA==' },
  },
} as unknown as Sample

test('of a sample is sent again what belongs to any request', () => {
  expect(requestOf(sample, 'POST', 'a')).toEqual({
    target: 'test', method: 'PUT', path: 'a', query: 'x=1', sign: true,
    headers: 'Content-Type: application/json\nX-GitHub-Event: push',
    body: '{\n  "ref": "main"\n}',
  })
})

test('texts become what the API takes', () => {
  const base = requestOf(null, 'POST', 'a')
  expect(toSend({ ...base, path: '/a/b', query: '?x=1', headers: 'A: b: c\n\n  D:\n' })).toEqual({
    target: 'test', sign: true, method: 'POST', path: 'a/b', query: 'x=1', headers: { A: 'b: c', D: '' }, body: base.body,
  })
  expect(toSend({ ...base, method: 'GET', path: '', headers: '' })).toEqual({ target: 'test', sign: true, method: 'GET' })
})

test('a line that is no header is named', () => {
  expect(badHeader('A: b\nno header')).toBe('no header')
  expect(badHeader(': b')).toBe(': b')
  expect(badHeader('A: b\n\nC:')).toBeUndefined()
})

test('path parameters get something to stand for them', () => {
  expect(filled('orders/:id/*rest')).toBe('orders/id/rest')
})
