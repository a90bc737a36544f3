import { expect, test } from 'vitest'

import { changesOf } from './changes'

test.each([
  ['something made', null, { role: 'editor' }, [{ path: 'role', before: undefined, after: 'editor' }]],
  ['something deleted', { role: 'editor' }, null, [{ path: 'role', before: 'editor', after: undefined }]],
  ['a member inside', { title: 'a', config: { url: 'x', secret: '••••' } }, { title: 'a', config: { url: 'y', secret: '••••' } }, [{ path: 'config.url', before: 'x', after: 'y' }]],
  ['a list', { tags: ['a'] }, { tags: ['a', 'b'] }, [{ path: 'tags', before: ['a'], after: ['a', 'b'] }]],
  ['an object for a text', { a: 'x' }, { a: { b: 1 } }, [{ path: 'a', before: 'x', after: { b: 1 } }]],
  ['no objects', 1, 2, [{ path: '', before: 1, after: 2 }]],
  ['nothing', null, null, []],
])('%s', (_, before, after, want) => {
  expect(changesOf(before, after)).toEqual(want)
})
