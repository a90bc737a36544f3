import { expect, test } from 'vitest'

import { flow, node } from '@/flow/fixture'

import { aroundOf, attemptsOf, culprit, inRound, parsePath, runsOf, timeOf, verdictOf, type Step } from './steps'

const step = (path: string, more: Partial<Step> = {}): Step => ({
  nodeKey: parsePath(path).node, path, type: 'set', status: 'succeeded', startedAt: '2026-01-02T03:04:05Z', durationMs: 1, attempt: 1, ...more,
})

test.each([
  ['save', [], 'save'],
  ['each[3].save', [['each', '3']], 'save'],
  ['each[3].both[mail].send', [['each', '3'], ['both', 'mail']], 'send'],
  ['both[a.b].send', [['both', 'a.b']], 'send'],
  ['both[企业 微信].send-it', [['both', '企业 微信']], 'send-it'],
  ['both[].x', [['both', '']], 'x'],
])('%s', (path, rounds, key) => {
  expect(parsePath(path)).toEqual({ rounds: rounds.map(([on, label]) => ({ node: on, label })), node: key })
})

test('the runs of a node are in the order in which they started', () => {
  const later = step('each[1].a', { startedAt: '2026-01-02T03:04:05.000002Z' })
  const sooner = step('each[0].a', { startedAt: '2026-01-02T03:04:05.000001Z' })
  expect(runsOf([later, step('b'), sooner], 'a')).toEqual([sooner, later])
  expect(timeOf(later) - timeOf(sooner)).toBeCloseTo(0.001, 3)
})

test('a chosen round leaves out the other rounds and nothing else', () => {
  const document = flow(
    node('each', 'loop', { branches: { body: [node('both', 'parallel', { branches: { a: [node('x')], b: [node('y')] } })] } }),
    node('last'),
  )
  const steps = ['each[0].both[a].x', 'each[1].both[a].x', 'each[1].both[b].y', 'each[1].both', 'each', 'last'].map((path) => step(path))
  const kept = inRound(steps, 'each[1].both[a].x', aroundOf(document)).map(({ path }) => path)
  expect(kept).toEqual(['each[1].both[a].x', 'each[1].both[b].y', 'each[1].both', 'each', 'last'])
  expect(inRound(steps, 'last', aroundOf(document))).toEqual(steps)
})

test('what failed first with the error of the execution is to blame, not what is around it', () => {
  const tried = step('tried', { status: 'error', error: 'went on' })
  const inner = step('each[2].call', { status: 'error', error: 'no answer' })
  const outer = step('each', { status: 'error', error: 'no answer' })
  expect(culprit([tried, inner, outer], 'no answer')).toBe(inner)
  expect(culprit([tried], 'the workflow took too long')).toBe(tried)
  expect(culprit([step('a')], '')).toBeUndefined()
})

test('tries before the last one are read from the log', () => {
  const at = '2026-01-02T03:04:05Z'
  expect(
    attemptsOf([
      { level: 'info', text: 'attempt 7: not the engine', at },
      { level: 'warn', text: 'attempt 1: answered 503\nbusy', at },
    ]),
  ).toEqual([{ number: 1, error: 'answered 503\nbusy', at }])
})

test.each([
  ['error', 'succeeded', 'fixed'],
  ['error', 'failed', 'stillFailing'],
  ['succeeded', 'error', 'nowFailing'],
  ['succeeded', 'succeeded', 'asBefore'],
  ['error', 'running', undefined],
])('%s, then %s', (original, again, verdict) => expect(verdictOf(original, again)).toBe(verdict))
