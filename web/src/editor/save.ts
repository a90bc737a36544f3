import { useEffect } from 'react'

import { ApiError } from '@/api/client'
import { publish as publishDraft, readDraft, readPublished, saveDraft, setEnabled, type Draft } from '@/api/drafts'
import { equal } from '@/flow/diff'
import type { FlowDocument } from '@/flow/document'
import { begin, record } from '@/flow/history'
import { locate } from '@/flow/validate'

import { useEditor } from './store'

const idle = 2000

const current = () => useEditor.getState().history.present

/** isDirty reports whether there are changes that the server does not have. */
export const isDirty = () => current() !== useEditor.getState().saved

// Saves go one after the other: each names the state that the one before it made.
let last: Promise<boolean> = Promise.resolve(true)

/** save sends the draft now and tells whether the server has it. */
export function save(): Promise<boolean> {
  last = last.then(() => (isDirty() ? send() : true))
  return last
}

async function send(): Promise<boolean> {
  const { key, meta, echo } = useEditor.getState()
  const document = current()
  useEditor.setState({ saving: 'busy' })
  try {
    accept(key, document, await saveDraft(key, document, meta.etag))
    return true
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 412) return fail(key, error)
  }
  return overtaken(key, document, echo)
}

/** overtaken deals with a state that is no longer the server's: when only the workflow's switch was used, the draft is
 * still ours. */
async function overtaken(key: string, document: FlowDocument, echo: FlowDocument): Promise<boolean> {
  try {
    const theirs = await readDraft(key)
    if (equal(theirs.document, echo)) {
      accept(key, document, await saveDraft(key, document, theirs.meta.etag))
      return true
    }
    if (useEditor.getState().key === key) useEditor.setState({ saving: 'conflict', theirs })
    return false
  } catch (error) {
    return fail(key, error)
  }
}

function accept(key: string, document: FlowDocument, answer: Draft) {
  if (useEditor.getState().key !== key) return
  useEditor.setState({ saved: document, echo: answer.document, meta: answer.meta, saving: 'idle', error: null, theirs: null })
  if (current() === document) forget(key)
}

function fail(key: string, error: unknown): false {
  if (useEditor.getState().key === key) useEditor.setState({ saving: 'failed', error })
  return false
}

/** keepMine saves over what somebody else saved, after having seen it. */
export function keepMine() {
  const { theirs } = useEditor.getState()
  if (!theirs) return Promise.resolve(false)
  useEditor.setState({ meta: theirs.meta, echo: theirs.document, saved: theirs.document, saving: 'idle', theirs: null })
  return save()
}

/** takeTheirs goes on from what somebody else saved; undo leads back to ours. */
export function takeTheirs(name: string) {
  useEditor.setState(({ key, theirs, history }) => {
    if (!theirs) return {}
    forget(key)
    return { history: record(history, theirs.document, name, '', Date.now()), saved: theirs.document, echo: theirs.document, meta: theirs.meta, saving: 'idle', theirs: null }
  })
}

/** reload begins anew with what the server has, such as after a restore. */
export async function reload() {
  const { key } = useEditor.getState()
  const draft = await readDraft(key)
  const published = draft.meta.revision > 0 ? (await readPublished(key)).document : null
  forget(key)
  useEditor.setState({ history: begin(draft.document), saved: draft.document, echo: draft.document, meta: draft.meta, published, saving: 'idle', refused: [] })
}

/** publish saves and publishes. What the server finds wrong is put to its nodes. */
export async function publish(): Promise<void> {
  if (!(await save())) throw useEditor.getState().error ?? new Error('not saved')
  const { key, meta } = useEditor.getState()
  try {
    const answer = await publishDraft(key, meta.etag)
    useEditor.setState({ meta: answer.meta, published: answer.document, echo: answer.document, refused: [] })
  } catch (error) {
    if (error instanceof ApiError) useEditor.setState({ refused: refusedBy(error) })
    throw error
  }
}

const refusedBy = ({ problem }: ApiError) =>
  problem.errors.map(({ pointer, detail }) => ({ ...locate(current(), pointer), code: 'server', values: { detail }, level: 'error' as const }))

/** toggle switches the workflow on or off. */
export async function toggle(enabled: boolean) {
  const { key } = useEditor.getState()
  const { meta } = await setEnabled(key, enabled)
  useEditor.setState({ meta: { ...meta, hasDraft: useEditor.getState().meta.hasDraft } })
}

const draftKey = (key: string) => `hookflow.draft.${key}`

/** What was not saved when the page was left. */
export interface Kept {
  document: FlowDocument
  at: string
}

/** kept reads what this browser kept of a workflow's changes. */
export function kept(key: string): Kept | null {
  try {
    const text = localStorage.getItem(draftKey(key))
    return text ? (JSON.parse(text) as Kept) : null
  } catch {
    return null
  }
}

/** forget drops what the browser kept. */
export const forget = (key: string) => localStorage.removeItem(draftKey(key))

function keep() {
  const { key, history } = useEditor.getState()
  try {
    localStorage.setItem(draftKey(key), JSON.stringify({ document: history.present, at: new Date().toISOString() } satisfies Kept))
  } catch {
    // The browser's room is used up: the server has the draft two seconds later.
  }
}

/** useAutosave saves when nothing was changed for two seconds, and keeps changes in the browser until they are. */
export function useAutosave(active: boolean) {
  useEffect(() => {
    if (!active) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = useEditor.subscribe((now, before) => {
      if (now.history.present === before.history.present) return
      clearTimeout(timer)
      if (!isDirty()) return
      timer = setTimeout(() => {
        keep()
        if (useEditor.getState().saving !== 'conflict') void save()
      }, idle)
    })
    const leave = () => {
      if (isDirty()) keep()
    }
    window.addEventListener('pagehide', leave)
    return () => {
      stop()
      clearTimeout(timer)
      window.removeEventListener('pagehide', leave)
      if (!isDirty()) return
      keep()
      void save()
    }
  }, [active])
}
