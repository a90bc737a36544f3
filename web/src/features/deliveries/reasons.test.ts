import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import en from '@/locales/en/deliveries.json'

import { ladder, reasons } from './reasons'

const go = join(process.cwd(), '..')
const source = (path: string) => readFileSync(join(go, path), 'utf8')
const sorted = (all: Iterable<string>) => [...new Set(all)].toSorted()

test('every reason of the server has its texts', () => {
  const known = [...source('delivery.go').matchAll(/\bReason\w+\s+Reason = "(\w+)"/g)].map(([, code]) => code ?? '')
  expect(known.length).toBeGreaterThan(5)
  expect(sorted(reasons)).toEqual(sorted(known))
  expect(sorted(Object.keys(en.reason))).toEqual(sorted(known))
})

test('every code of a verification has its texts', () => {
  const files = readdirSync(join(go, 'internal/verify')).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
  const text = files.map((name) => source(`internal/verify/${name}`)).join('\n')
  const codes = [
    ...[...text.matchAll(/failAs\("(\w+)"/g)].map(([, code]) => code ?? ''),
    ...[...text.matchAll(/"(near_miss_\w+[a-z])"/g)].map(([, code]) => code ?? ''),
    ...[...text.matchAll(/(body|url)As\("(\w+)"/g)].map(([, of, code]) => `near_miss_${of}_${code}`),
  ]
  expect(codes.length).toBeGreaterThan(40)
  expect(sorted(Object.keys(en.code))).toEqual(sorted(codes))
})

test('every check of a verification has its name', () => {
  const files = readdirSync(join(go, 'internal/verify')).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
  const text = files.map((name) => source(`internal/verify/${name}`)).join('\n')
  const checks = [
    ...[...text.matchAll(/\b(?:pass|fail)\("([\w ]+)"/g)].map(([, check]) => check ?? ''),
    ...[...text.matchAll(/failAs\([^,]+, "([\w ]+)"/g)].map(([, check]) => check ?? ''),
    ...[...text.matchAll(/const check = "([\w ]+)"/g)].map(([, check]) => check ?? ''),
  ]
  expect(sorted(Object.keys(en.check))).toEqual(sorted(checks.map((check) => check.replaceAll(' ', '_'))))
})

const given = { outcome: 'rejected', reason: '', replayOf: null, verification: null } as unknown as Parameters<typeof ladder>[0]
const report = { scheme: 'github', ok: true, checks: [] }
const states = (delivery: Partial<typeof given>) =>
  Object.fromEntries(ladder({ ...given, ...delivery } as typeof given).map(({ step, state }) => [step, state]))

test.each([
  ['no_such_path', null, 'path'],
  ['too_large', null, 'body'],
  ['verification', { ...report, ok: false }, 'verification'],
  ['malformed', null, 'body'],
  ['malformed', report, 'content'],
  ['overloaded', null, 'body'],
  ['overloaded', report, 'queue'],
])('%s stops a request', (reason, verification, stop) => {
  const rungs = ladder({ ...given, reason, verification } as typeof given)
  expect(rungs.find(({ state }) => state === 'stopped')?.step).toBe(stop)
  expect(rungs.at(-1)?.state).toBe(stop === 'queue' ? 'stopped' : 'unreached')
})

test('what was accepted passed every step, but a verification that there was none of', () => {
  expect(states({ outcome: 'accepted', verification: report }).verification).toBe('passed')
  expect(states({ outcome: 'accepted', verification: { ...report, scheme: 'none' } })).toMatchObject({ path: 'passed', verification: 'unused', queue: 'passed' })
})

test('what an administrator let in did not pass the verification', () => {
  expect(states({ outcome: 'accepted', replayOf: '06fz', verification: { ...report, ok: false } }).verification).toBe('bypassed')
})

test('a handshake ends at the verification, a duplicate and what is filtered later', () => {
  expect(states({ outcome: 'handshake', verification: report })).toMatchObject({ verification: 'passed', content: 'unreached' })
  expect(states({ outcome: 'duplicate', verification: report })).toMatchObject({ dedupe: 'stopped', filter: 'unreached' })
  expect(states({ outcome: 'filtered', verification: report })).toMatchObject({ dedupe: 'passed', filter: 'stopped' })
})

test('a replay is not told when it came', () => {
  expect(Object.keys(states({ outcome: 'accepted', replayOf: '06fz' }))).not.toContain('rate')
})
