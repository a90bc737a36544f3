import { describe, expect, it } from 'vitest'

import { numberOf, splitUnit } from './scalars'
import { filled } from './ScriptTest'
import { envName } from './secrets'

describe('numberOf', () => {
  it.each([['5', 5], ['-1.5', -1.5], [' 7 ', 7], ['', undefined], ['5.', '5.'], ['007', '007'], ['abc', 'abc'], ['12345678901234567890', '12345678901234567890'], ['1e3', '1e3']])('of %j is %j', (text, want) => {
    expect(numberOf(text)).toEqual(want)
  })
})

describe('splitUnit', () => {
  const durations = ['ms', 's', 'm', 'h', 'd']
  it.each([['10m', { figure: '10', unit: 'm' }], ['0', { figure: '0', unit: 's' }], ['1.5 h', { figure: '1.5', unit: 'h' }], ['1h30m', null], ['5MiB', null], ['', null]])('of %j', (text, want) => {
    expect(splitUnit(text, durations)).toEqual(want)
  })
  it('takes bare sizes for bytes', () => expect(splitUnit('65536', ['B', 'KiB'])).toEqual({ figure: '65536', unit: 'B' }))
})

describe('envName', () => {
  it.each([['{{$env.KEY}}', 'KEY'], ['{{ $env.KEY }}', 'KEY'], ['Bearer {{$env.KEY}}', null], ['{{$context.data}}', null], ['{{$env.KEY.x}}', null], ['••••', null], ['', null]])('of %j is %j', (text, want) => {
    expect(envName(text)).toBe(want)
  })
})

describe('filled', () => {
  const groups = [{ id: 'request', title: '', items: [{ path: '$context.data', label: 'data', type: 'object', sample: { n: 1, list: [1, 2], text: 'x' } }] }]
  it.each([
    ['{{$context.data.n}}', 1],
    ['n={{$context.data.n}} {{$context.data.list}}{{$context.data.none}}', 'n=1 [1,2]'],
    [{ a: ['{{$context.data.text}}', 2] }, { a: ['x', 2] }],
    ['{{$context.data.none}}', null],
  ])('%j is %j', (value, want) => expect(filled(value, groups)).toEqual(want))
})
