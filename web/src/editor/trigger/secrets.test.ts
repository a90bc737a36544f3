import { describe, expect, test } from 'vitest'

import { envName, envReference, generateSecret, proposeName, secretNames, secretsOf, withSecrets } from './secrets'

const secret = { type: 'string', 'x-secret': true } as const
const both = { properties: { secret, secrets: { type: 'array', 'x-secret': true } } }

describe('the shared secret of a scheme', () => {
  test('its fields are found by their names', () => {
    expect(secretNames(both)).toEqual({ one: 'secret', many: 'secrets' })
    expect(secretNames({ properties: { value: secret, values: secret } })).toEqual({ one: 'value', many: 'values' })
    expect(secretNames({ properties: { username: {}, password: secret } })).toEqual({ one: 'password' })
    expect(secretNames({ properties: { token: secret, encodingAESKey: secret } })).toBeUndefined()
  })
  test('one stands alone, several in the list', () => {
    const names = { one: 'secret', many: 'secrets' }
    expect(withSecrets({ scheme: 'github', secret: 'a' }, names, ['b', 'a'])).toEqual({ scheme: 'github', secrets: ['b', 'a'] })
    expect(withSecrets({ scheme: 'github', secrets: ['b', 'a'] }, names, ['b'])).toEqual({ scheme: 'github', secret: 'b' })
    expect(withSecrets({ scheme: 'github', secret: 'a' }, names, [])).toEqual({ scheme: 'github' })
    expect(secretsOf({ secret: 'a', secrets: ['b', '', 3] }, names)).toEqual(['a', 'b'])
  })
})

test('a variable is one only when it is all of the text', () => {
  expect(envName('{{$env.GITHUB}}')).toBe('GITHUB')
  expect(envName('{{ $env.GITHUB }}')).toBe('GITHUB')
  expect(envName('x{{$env.GITHUB}}')).toBeUndefined()
  expect(envName('••••')).toBeUndefined()
  expect(envName(envReference('A_1'))).toBe('A_1')
})

test('a name is made of the workflow and is free', () => {
  expect(proposeName('github-push', new Set())).toBe('GITHUB_PUSH_SECRET')
  expect(proposeName('github-push', new Set(['GITHUB_PUSH_SECRET', 'GITHUB_PUSH_SECRET_2']))).toBe('GITHUB_PUSH_SECRET_3')
  expect(proposeName('7days', new Set())).toBe('_7DAYS_SECRET')
})

test('a secret is 256 bits in the form that its scheme takes', () => {
  expect(generateSecret({ key: 'github' })).toMatch(/^[\w-]{43}$/)
  expect(generateSecret({ key: 'standard_webhooks' })).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(generateSecret({ key: 'github' })).not.toBe(generateSecret({ key: 'github' }))
})
