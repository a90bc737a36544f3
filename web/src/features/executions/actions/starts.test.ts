import { expect, test } from 'vitest'

import { flow, node } from '@/flow/fixture'

import { aroundOf, parsePath, type Step } from '../steps'
import { startsOf } from './starts'

const step = (path: string, status = 'succeeded'): Step => ({
  nodeKey: parsePath(path).node, path, type: 'set', status, startedAt: '2026-01-02T03:04:05Z', durationMs: 1, attempt: 1,
})

test('an execution starts again at nodes that ran, outside of loops, with the results before them', () => {
  const document = flow(
    node('first'),
    node('if', 'condition', { branches: { true: [node('inner'), node('each', 'loop', { branches: { body: [node('item')] } })] } }),
    node('bad'),
    node('never'),
  )
  const steps = [step('first'), step('inner'), step('each[0].item'), step('each'), step('if'), step('bad', 'error')]
  expect(startsOf({ steps, around: aroundOf(document) })).toEqual([
    { key: 'first', before: [] },
    { key: 'if', before: ['first'] },
    { key: 'inner', before: ['first'] },
    { key: 'each', before: ['first', 'inner'] },
    { key: 'bad', before: ['first', 'if', 'inner', 'each'] },
  ])
})
