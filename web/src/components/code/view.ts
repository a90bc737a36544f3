import { Compartment, EditorState, Transaction, type Extension } from '@codemirror/state'
import { EditorView, tooltips } from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'

import { theme } from './theme'

export interface ViewOptions {
  value: string
  onChange?: (value: string) => void
  /** The name of the field, for those who do not see it. */
  label: string
  readOnly?: boolean
  invalid?: boolean
  describedBy?: string
  autoFocus?: boolean
  /** Kept by useMemo: a new list reconfigures the editor. */
  extensions: Extension
  onFocus?: () => void
  /** Called with what inserts a text at the cursor, and with null when the field goes. */
  inserter?: (insert: Insert | null) => void
}

export type Insert = (text: string) => void

/** useView keeps a CodeMirror in an element: the text is the caller's, the rest (cursor, undo) the editor's. */
export function useView(options: ViewOptions) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const parts = useRef({ given: new Compartment(), state: new Compartment() })
  const latest = useRef(options)
  useLayoutEffect(() => void (latest.current = options))
  useEffect(() => {
    const { given, state } = parts.current
    const created = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc: latest.current.value,
        selection: { anchor: latest.current.value.length },
        extensions: [
          given.of(latest.current.extensions), state.of(stateOf(latest.current)), theme, tooltips({ position: 'fixed', parent: document.body }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.annotation(Transaction.remote))) latest.current.onChange?.(update.state.doc.toString())
            if (update.focusChanged && update.view.hasFocus) latest.current.onFocus?.()
          }),
        ],
      }),
    })
    view.current = created
    if (latest.current.autoFocus) created.focus()
    latest.current.inserter?.((text) => {
      created.dispatch(created.state.replaceSelection(text), { userEvent: 'input.paste', scrollIntoView: true })
      created.focus()
    })
    return () => {
      latest.current.inserter?.(null)
      created.destroy()
    }
  }, [])
  const { value, label, readOnly, invalid, describedBy, extensions } = options
  useEffect(() => replace(view.current, value), [value])
  useEffect(() => view.current?.dispatch({ effects: parts.current.given.reconfigure(extensions) }), [extensions])
  useEffect(() => view.current?.dispatch({ effects: parts.current.state.reconfigure(stateOf({ label, readOnly, invalid, describedBy })) }), [label, readOnly, invalid, describedBy])
  return host
}

const stateOf = ({ label, readOnly = false, invalid, describedBy }: Pick<ViewOptions, 'label' | 'readOnly' | 'invalid' | 'describedBy'>): Extension => [
  EditorState.readOnly.of(readOnly),
  EditorView.contentAttributes.of({ 'aria-label': label, ...(readOnly && { 'aria-readonly': 'true' }), ...(invalid && { 'aria-invalid': 'true' }), ...(describedBy && { 'aria-describedby': describedBy }) }),
]

/** replace takes over a text that was changed outside, as little of it as changed, so that the cursor stays. */
function replace(view: EditorView | null, value: string) {
  const before = view?.state.doc.toString()
  if (!view || before === undefined || before === value) return
  let from = 0
  while (from < before.length && from < value.length && before[from] === value[from]) from++
  let end = 0
  while (end < Math.min(before.length, value.length) - from && before[before.length - 1 - end] === value[value.length - 1 - end]) end++
  view.dispatch({
    changes: { from, to: before.length - end, insert: value.slice(from, value.length - end) },
    annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
  })
}
