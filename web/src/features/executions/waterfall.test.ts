import { expect, test } from 'vitest'

import { flow, node } from '@/flow/fixture'

import { aroundOf, parsePath, type Step } from './steps'
import { lineOf, linesOf, opened, scaleOf, shownOf, type Line } from './waterfall'

const start = Date.parse('2026-01-02T03:04:05Z')

const step = (path: string, at: number, durationMs: number, status = 'succeeded'): Step => ({
  nodeKey: parsePath(path).node, path, type: 'set', status, durationMs, attempt: 1, startedAt: new Date(start + at).toISOString(),
})

const document = flow(
  node('first'),
  node('if', 'condition', { branches: { true: [node('each', 'loop', { branches: { body: [node('in_each'), node('both', 'parallel', { branches: { a: [node('x')] } })] } })] } }),
)

const lines = (steps: Step[]) => linesOf({ steps, around: aroundOf(document), created: start, started: start, now: start + 100 })

const outline = (some: Line[]): unknown[] => some.map(({ key, label, inner }) => [label === undefined ? key : `${key}[${label}]`, ...outline(inner)])

test('steps are under the rounds and the nodes around them', () => {
  const steps = [
    step('first', 0, 1), step('each[0].in_each', 3, 1), step('each[0].both[a].x', 5, 4), step('each[0].both', 4, 6),
    step('each[1].in_each', 11, 1, 'error'), step('each', 3, 10), step('if', 2, 12),
  ]
  expect(outline(lines(steps))).toEqual([
    ['first'],
    ['if', ['each', ['each[0]', ['in_each'], ['both', ['both[a]', ['x']]]], ['each[1]', ['in_each']]]],
  ])
})

test('a round takes the time of what is in it, and the failure', () => {
  const steps = [step('each[0].in_each', 3, 1), step('each[0].both', 4, 6), step('each[1].in_each', 11, 1, 'error'), step('each', 3, 10), step('if', 2, 12)]
  const each = lines(steps)[0]?.inner[0]
  expect(each?.inner.map(({ start: from, end, status }) => [from, end, status])).toEqual([[3, 10, 'succeeded'], [11, 12, 'error']])
  expect(each?.failedInside).toBe(true)
})

test('what goes on lasts until now, also where its node is not in the journal yet', () => {
  const [top] = lines([step('each[0].in_each', 3, 0, 'running')])
  expect(top).toMatchObject({ key: 'if', step: undefined, status: 'running', start: 3, end: 100 })
})

test('results that a retry kept take no time', () => {
  const [kept, own] = linesOf({ steps: [step('first', -5000, 20), step('if', 1, 2)], around: aroundOf(document), created: start, started: start, now: start })
  expect(kept).toMatchObject({ kept: true, start: 0, end: 0 })
  expect(own).toMatchObject({ kept: false, start: 1, end: 3 })
})

test('a path that occurs again has a line for each time', () => {
  const tops = lines([step('each[0].in_each', 3, 1, 'error'), step('each[0].in_each', 8, 1), step('each', 2, 9)])
  expect(outline(tops)).toEqual([['if', ['each', ['each[0]', ['in_each'], ['in_each']]]]])
})

test('many rounds are closed until somebody opens them', () => {
  const steps = Array.from({ length: 30 }, (_, i) => step(`each[${i}].in_each`, i, 1))
  const tops = lines([...steps, step('each', 0, 30)])
  const listed = (toggled: ReadonlySet<string>) => shownOf(tops, toggled).map(({ line }) => line.id)
  expect(listed(new Set())).toEqual(['if', 'each'])
  const found = lineOf(tops, steps[7] as Step)
  expect(found && listed(opened(found, new Set()))).toContain('each[7].in_each')
  expect(listed(new Set(['if']))).toEqual(['if'])
})

test('the logarithmic scale keeps order and ends', () => {
  const scale = scaleOf(1000, true)
  expect([scale(0), scale(1000)]).toEqual([0, 1])
  expect(scale(1)).toBeGreaterThan(0.1)
  expect(scaleOf(0, false)(5)).toBe(0)
})
