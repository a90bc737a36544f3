import { expect, test } from 'vitest'

import type { SchemeType } from '@/api/catalogue'

import { groupSchemes } from './schemes'

const text = (en: string, zh = en) => ({ en, zh })
const scheme = (key: string, title: string, zh: string, group: string, popular = false): SchemeType => ({
  key, title: text(title, zh), help: text(''), checks: text(''), schema: {}, sources: [], group: { key: group, title: text(group) }, popular,
})
const all = [scheme('token', 'Token', '令牌', 'generic', true), scheme('github', 'GitHub', 'GitHub', 'code', true), scheme('gitea', 'Gitea', 'Gitea', 'code'), scheme('wecom', 'WeCom', '企业微信', 'chat', true)]
const shown = (words: string) => groupSchemes(all, words, 'en').map((group) => [group.key, ...group.schemes.map((one) => one.key)])

test('those that most look for come first, and again in their groups', () => {
  expect(shown('')).toEqual([['popular', 'github', 'wecom', 'token'], ['generic', 'token'], ['code', 'github', 'gitea'], ['chat', 'wecom']])
})

test('a search finds names of either language, each once', () => {
  expect(shown('企业')).toEqual([['chat', 'wecom']])
  expect(shown('git')).toEqual([['code', 'github', 'gitea']])
  expect(shown('none of them')).toEqual([])
})
