import { create } from 'zustand'

import type { Draft, DraftMeta } from '@/api/drafts'
import type { FullStep, Run } from '@/api/runs'
import type { FlowDocument, FlowNode } from '@/flow/document'
import { begin, record, redo, undo, type History } from '@/flow/history'
import { without } from '@/flow/without'
import type { FlowProblem } from '@/flow/validate'

/** What became of the last change: it is on the server, on its way, refused, or somebody else was faster. */
export type Saving = 'idle' | 'busy' | 'failed' | 'conflict'

export interface EditorState {
  key: string
  history: History<FlowDocument>
  /** The document that the server has, as we sent it. */
  saved: FlowDocument
  /** The same as the server answered it: secrets masked. */
  echo: FlowDocument
  /** What requests run; null before the first publishing. */
  published: FlowDocument | null
  meta: DraftMeta
  saving: Saving
  error: unknown
  /** What somebody else saved meanwhile. */
  theirs: Draft | null
  /** Key of the selected node, or the trigger. */
  selected: string | null
  /** The card to be shown and focused. */
  reveal: { key: string } | null
  /** What the server found when it was asked to publish. */
  refused: FlowProblem[]
  /** The last test run, or the execution that is looked at. */
  run: Run | null
  /** The last steps of each node, which may be of several runs: a node can be run alone. */
  steps: Record<string, FullStep[]>
  running: boolean
  /** Results that stand in for nodes in test runs. */
  pins: Record<string, unknown>
  /** A test run that waits for an answer: whether it may send and write. */
  asking: { part: { node?: string; until?: string }; acting: FlowNode[] } | null
  /** Whether test runs may send and write, which was asked once. */
  mayAct: boolean
}

export type Opened = Pick<EditorState, 'key' | 'published'> & Draft

const empty: FlowDocument = { kind: 'Workflow', key: '', trigger: { type: 'manual' }, nodes: [] }
const unsaved: DraftMeta = { enabled: false, revision: 0, hasDraft: false, updatedAt: '', etag: null }

/** The workflow that is open in the editor. */
export const useEditor = create<EditorState>(() => stateOf({ key: '', published: null, document: empty, meta: unsaved }))

function stateOf({ key, published, document, meta }: Opened): EditorState {
  return {
    key, published, meta, saved: document, echo: document, history: begin(document),
    saving: 'idle', error: null, theirs: null, selected: null, reveal: null, refused: [], run: null, steps: {}, running: false, pins: keptPins(key), asking: null, mayAct: false,
  }
}

/** open begins with a workflow as the server has it. */
export const open = (opened: Opened, selected: string | null) => useEditor.setState({ ...stateOf(opened), selected, reveal: selected ? { key: selected } : null })

/** edit changes the document as one step that can be undone; typing into one thing is one step. */
export function edit(change: (document: FlowDocument) => FlowDocument, name: string, thing = '') {
  useEditor.setState(({ history, saving }) => {
    const next = record(history, change(history.present), name, thing, Date.now())
    return next === history ? {} : { history: next, refused: [], saving: saving === 'failed' ? 'idle' : saving }
  })
}

/** undoEdit takes the last change back. */
export const undoEdit = () => useEditor.setState(({ history }) => ({ history: undo(history) }))

/** redoEdit makes the change that was undone last again. */
export const redoEdit = () => useEditor.setState(({ history }) => ({ history: redo(history) }))

/** select opens a node's drawer, or closes it. */
export const select = (selected: string | null) => useEditor.setState({ selected })

/** show selects a card and brings it into view. */
export const show = (key: string) => useEditor.setState({ selected: key, reveal: { key } })

/** focusOn brings a card into view and focuses it. */
export const focusOn = (key: string) => useEditor.setState({ reveal: { key } })

const pinsKey = (key: string) => `hookflow.pins.${key}`

function keptPins(key: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(pinsKey(key)) ?? '{}')
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? { ...kept } : {}
  } catch {
    return {}
  }
}

/** pin has a value stand in for a node in test runs; undefined takes it away. */
export function pin(node: string, value: unknown) {
  useEditor.setState(({ key, pins: before }) => {
    const pins = value === undefined ? without(before, node) : { ...before, [node]: value }
    try {
      localStorage.setItem(pinsKey(key), JSON.stringify(pins))
    } catch {
      // A browser that keeps nothing: the pin lasts as long as the page.
    }
    return { pins }
  })
}
