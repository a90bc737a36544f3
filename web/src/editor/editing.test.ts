import { beforeEach, describe, expect, it, vi } from 'vitest'

import { ApiError } from '@/api/client'
import * as drafts from '@/api/drafts'
import type { FlowDocument } from '@/flow/document'
import { flow, node, sample, types } from '@/flow/fixture'
import { allNodes, find } from '@/flow/tree'

import { clipOf, nodesIn } from './clipboard'
import { behindSelected, change, create, drop, duplicate, paste, rekey } from './commands'
import { keepMine, kept, publish, save, takeTheirs, isDirty } from './save'
import { edit, open, pin, redoEdit, select, undoEdit, useEditor } from './store'

vi.mock('@/api/drafts')

const meta = { enabled: true, revision: 1, hasDraft: false, updatedAt: '', etag: '"1"' }
const current = () => useEditor.getState().history.present
const keys = () => allNodes(current().nodes).map(({ key }) => key)
const problem = (status: number, errors: { pointer: string; detail: string }[] = []) => new ApiError({ status, title: '', detail: 'no', errors, request: null, retryAfter: null })

beforeEach(() => {
  vi.resetAllMocks()
  localStorage.clear()
  open({ key: 'test', published: null, document: sample(), meta }, null)
})

describe('commands', () => {
  it('adds a node of a type under a free key and opens it', () => {
    const loop = types.items.find(({ type }) => type === 'loop')
    const parallel = types.items.find(({ any }) => any)
    if (!loop || !parallel) throw new Error('the fixture has both')
    create(loop, { branch: [['is_main', 'false']], index: 0 })
    create(parallel, { branch: [], index: 0 })
    expect(find(current(), 'loop')?.place.branch).toEqual([['is_main', 'false']])
    expect(Object.keys(find(current(), 'parallel')?.node.branches ?? {})).toHaveLength(2)
    expect(useEditor.getState().selected).toBe('parallel')
  })

  it('undoes and redoes each of them', () => {
    drop('each', 'is_main')
    duplicate('first')
    expect(keys()).toContain('first_2')
    undoEdit()
    undoEdit()
    expect(current()).toEqual(sample())
    redoEdit()
    expect(keys()).not.toContain('each')
  })

  it('pastes behind the selected node, twice without a key given twice', () => {
    select('is_main')
    const clip = nodesIn(clipOf([find(current(), 'each')?.node ?? node('')])) ?? []
    paste(clip, behindSelected())
    paste(clip, behindSelected())
    expect(current().nodes.map(({ key }) => key)).toEqual(['first', 'is_main', 'each_2', 'each_3', 'each', 'last'])
    expect(new Set(keys()).size).toBe(keys().length)
  })

  it('takes a pin along when a key changes', () => {
    pin('first', { ref: 'main' })
    select('first')
    rekey('first', 'call')
    expect(useEditor.getState()).toMatchObject({ pins: { call: { ref: 'main' } }, selected: 'call' })
  })
})

describe('clipboard', () => {
  it.each([['', null], ['hookflow/nodes', null], ['{"type":"hookflow/nodes","nodes":[]}', null], ['{"type":"hookflow/nodes","nodes":[{"key":1}]}', null], ['{"type":"hookflow/nodes","nodes":[{"key":"a","type":"set","branches":{"x":[4]}}]}', null]])(
    'takes no nodes out of %j',
    (text, want) => expect(nodesIn(text)).toBe(want),
  )
})

describe('save', () => {
  const answer = (document: FlowDocument, etag: string) => ({ document, meta: { ...meta, etag } })
  const rename = (title: string) => edit((document) => ({ ...document, title }), 'edit')

  it('sends changes one after the other, each naming the state before', async () => {
    vi.mocked(drafts.saveDraft).mockImplementation(async (_, document, etag) => answer(document, `${etag}+`))
    rename('one')
    const first = save()
    rename('two')
    const all = [first, save(), save()]
    expect(await Promise.all(all)).toEqual([true, true, true])
    expect(vi.mocked(drafts.saveDraft).mock.calls.map(([, document, etag]) => [document.title, etag])).toEqual([['two', '"1"']])
    expect(isDirty()).toBe(false)
  })

  it('goes on when only the switch of the workflow was used', async () => {
    vi.mocked(drafts.saveDraft).mockRejectedValueOnce(problem(412)).mockImplementation(async (_, document) => answer(document, '"3"'))
    vi.mocked(drafts.readDraft).mockResolvedValue(answer(sample(), '"2"'))
    rename('mine')
    expect(await save()).toBe(true)
    expect(vi.mocked(drafts.saveDraft).mock.lastCall?.[2]).toBe('"2"')
  })

  const overtaken = async () => {
    vi.mocked(drafts.saveDraft).mockRejectedValueOnce(problem(412)).mockImplementation(async (_, document) => answer(document, '"3"'))
    vi.mocked(drafts.readDraft).mockResolvedValue(answer(flow(node('theirs')), '"2"'))
    rename('mine')
    expect(await save()).toBe(false)
    expect(useEditor.getState().saving).toBe('conflict')
  }

  it('asks when somebody else was faster, and keeps mine', async () => {
    await overtaken()
    expect(await keepMine()).toBe(true)
    expect(vi.mocked(drafts.saveDraft).mock.lastCall?.slice(1)).toEqual([{ ...sample(), title: 'mine' }, '"2"'])
  })

  it('or takes theirs, from which undo leads back to mine', async () => {
    await overtaken()
    takeTheirs('theirs')
    expect(keys()).toEqual(['theirs'])
    expect(isDirty()).toBe(false)
    undoEdit()
    expect(current().title).toBe('mine')
  })

  it('says what failed and tries again', async () => {
    vi.mocked(drafts.saveDraft).mockRejectedValueOnce(problem(0)).mockImplementation(async (_, document) => answer(document, '"2"'))
    rename('mine')
    expect(await save()).toBe(false)
    expect(useEditor.getState().saving).toBe('failed')
    expect(await save()).toBe(true)
    expect(useEditor.getState().saving).toBe('idle')
  })

  it('puts what the server refuses to publish to its nodes, until the next change', async () => {
    vi.mocked(drafts.publish).mockRejectedValue(problem(422, [{ pointer: '/nodes/1/branches/true/0/config/cases', detail: 'none' }]))
    await expect(publish()).rejects.toThrow('no')
    expect(useEditor.getState().refused).toEqual([{ node: 'kind', pointer: '/cases', code: 'server', values: { detail: 'none' }, level: 'error' }])
    change('kind', (old) => ({ ...old, title: 'T' }))
    expect(useEditor.getState().refused).toEqual([])
  })

  it('reads nothing that the browser did not keep', () => {
    expect(kept('test')).toBeNull()
    localStorage.setItem('hookflow.draft.test', '{broken')
    expect(kept('test')).toBeNull()
  })
})
