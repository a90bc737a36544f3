import { expect, test } from 'vitest'

import { ranked } from './rank'

const things = [
  { names: ['calculate', '计算'], more: ['an expression in JavaScript'] },
  { names: ['send', '发送'] },
  { names: ['javascript', 'JavaScript'], more: ['runs code'] },
  { names: ['end', '结束'] },
]

test.each([
  ['JavaScript', ['javascript', 'calculate']],
  ['end', ['end', 'send']],
  ['code java', ['javascript']],
  ['结束', ['end']],
  [' ', ['calculate', 'send', 'javascript', 'end']],
  ['nothing', []],
])('%j finds %j', (typed, want) => {
  expect(ranked(things, typed, (thing) => thing).map(({ names }) => names[0])).toEqual(want)
})
