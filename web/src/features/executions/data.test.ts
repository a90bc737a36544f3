import { expect, test } from 'vitest'

import { dataOf } from './data'

const text = '{"items":[{"path":"a","output":1},{"path":"a","input":{"b":1.0,"a":2},"output":12345678901234567890,"logs":[{"level":"info","text":"x","at":"2026-01-02T03:04:05Z"}]}],"nextCursor":null}'

test('the data of a step keeps the order of members and the spelling of numbers', () => {
  const data = dataOf(text, 1)
  expect(data?.output).toBe('12345678901234567890')
  expect(data?.input).toBe('{\n  "b": 1.0,\n  "a": 2\n}')
  expect(data?.logs).toHaveLength(1)
})

test('what a step does not have is undefined', () => {
  expect(dataOf(text, 0)).toEqual({ input: undefined, output: '1', assign: undefined, logs: [] })
  expect(dataOf(text, 2)).toBeUndefined()
  expect(dataOf('not JSON', 0)).toBeUndefined()
})
