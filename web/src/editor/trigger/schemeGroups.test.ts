import { expect, test } from 'vitest'

import type { SchemeType } from '@/api/catalogue'

import { groupsOf, rankOf } from './schemeGroups'

const text = { en: '', zh: '' }
const scheme = (key: string, group: string, popular = false): SchemeType => ({ key, title: text, help: text, checks: text, schema: {}, sources: [], group: { key: group, title: text }, popular })

test('those that most look for come first, senders before schemes for any', () => {
  const groups = groupsOf([scheme('none', 'generic', true), scheme('github', 'code', true), scheme('gitea', 'code')])
  expect(groups.map(({ key, schemes }) => [key, schemes.map((one) => one.key)])).toEqual([
    ['popular', ['github', 'none']],
    ['generic', ['none']],
    ['code', ['github', 'gitea']],
  ])
})

test('all words must be found; names that begin with one come first', () => {
  expect(rankOf('git', ['github', 'GitHub', 'GitHub'])).toBe(1)
  expect(rankOf('hub', ['github', 'GitHub', 'GitHub'])).toBeLessThan(1)
  expect(rankOf('企业', ['wecom', 'WeCom', '企业微信'])).toBe(1)
  expect(rankOf('git pay', ['github', 'GitHub', 'GitHub'])).toBe(0)
})
