import { expect, test } from 'vitest'

import { queryOf } from './audit'

const now = Date.parse('2026-03-02T12:00:00Z')

test('a length of time becomes a beginning', () => {
  expect(queryOf({ kind: 'user', since: '24h', to: '2026-01-01T00:00:00Z' }, now)).toEqual({ kind: 'user', from: '2026-03-01T12:00:00.000Z', to: undefined })
})

test('an unknown length is none', () => {
  expect(queryOf({ since: 'soon', from: '2026-01-01T00:00:00Z' }, now)).toEqual({ from: '2026-01-01T00:00:00Z' })
})
