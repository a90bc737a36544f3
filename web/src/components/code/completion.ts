import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

/** A variable that may be written here. */
export interface Suggestion {
  path: string
  /** Its type, or its current value in short. */
  detail: string
}

/** What text fields know of variables: what may follow after what is typed. */
export type Suggest = (typed: string) => Suggestion[]

/** variableCompletion offers variables behind {{. */
export const variableCompletion = (suggest: Suggest): Extension => autocompletion({ override: [(context) => ofVariables(context, suggest)], icons: false, maxRenderedOptions: 60 })

function ofVariables(context: CompletionContext, suggest: Suggest): CompletionResult | null {
  const typed = context.matchBefore(/\{\{\s*[^}]*$/)
  if (!typed) return null
  const path = typed.text.replace(/^\{\{\s*/, '')
  return {
    from: context.pos - path.length,
    filter: true,
    options: suggest(path).map((one) => ({ label: one.path, detail: one.detail, apply: applied })),
  }
}

/** applied writes the path with its braces, whatever of them stands there already. */
function applied(view: EditorView, { label }: Completion, from: number, to: number) {
  const line = view.state.doc.lineAt(from)
  const before = line.text.slice(0, from - line.from)
  const open = /\{\{\s*$/.exec(before)
  const begin = from - (open?.[0].length ?? 0)
  const after = /^\s*\}{1,2}/.exec(line.text.slice(to - line.from))
  const insert = `{{${label}}}`
  view.dispatch({ changes: { from: begin, to: to + (after?.[0].length ?? 0), insert }, selection: { anchor: begin + insert.length }, userEvent: 'input.complete' })
}

/** wordCompletion offers names that mean something in a language of ours: globals of scripts, functions. */
export function wordCompletion(words: readonly Suggestion[]) {
  const options = words.map(({ path, detail }) => ({ label: path, detail }))
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/[\w$]+/)
    if (!typed || context.matchBefore(/\.\w*/)) return null
    return { from: typed.from, options, validFor: /^[\w$]*$/ }
  }
}
