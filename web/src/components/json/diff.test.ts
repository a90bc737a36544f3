import { describe, expect, it } from 'vitest'

import { changes } from './diff'

describe('changes', () => {
  it.each([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['the order of members', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a value', { a: 1 }, { a: '1' }, [{ kind: 'changed', path: ['a'], before: 1, after: '1' }]],
    ['null', { a: null }, {}, [{ kind: 'removed', path: ['a'], before: null }]],
    ['a member', {}, { a: { b: 1 } }, [{ kind: 'added', path: ['a'], after: { b: 1 } }]],
    ['the whole', 'a', { a: 1 }, [{ kind: 'changed', path: [], before: 'a', after: { a: 1 } }]],
    ['what was not there', undefined, { a: 1 }, [{ kind: 'added', path: [], after: { a: 1 } }]],
    ['members called as lists are marked', { _t: 'a', _1: 2 }, { _t: 'b', _1: 3 }, [{ kind: 'changed', path: ['_t'], before: 'a', after: 'b' }, { kind: 'changed', path: ['_1'], before: 2, after: 3 }]],
    ['one in front of a list', [{ id: 1, n: 1 }], [{ id: 0 }, { id: 1, n: 2 }], [{ kind: 'added', path: ['0'], after: { id: 0 } }, { kind: 'changed', path: ['1', 'n'], before: 1, after: 2 }]],
    ['one that moved', [{ key: 'a' }, { key: 'b' }, { key: 'c' }], [{ key: 'c' }, { key: 'a' }, { key: 'b' }], [{ kind: 'moved', path: ['0'], after: { key: 'c' }, from: 2 }]],
    ['long texts, whole', { a: 'x'.repeat(200) }, { a: `${'x'.repeat(199)}y` }, [{ kind: 'changed', path: ['a'], before: 'x'.repeat(200), after: `${'x'.repeat(199)}y` }]],
  ])('finds %s', (_, before, after, want) => expect(changes(before, after)).toEqual(want))
})
