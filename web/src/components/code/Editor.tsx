// The only way to CodeMirror, so that all of it is one chunk that pages without a code field never load.
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language'
import { linter } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder as hint } from '@codemirror/view'
import { useEffect, useMemo, useState } from 'react'

import { variableCompletion } from './completion'
import { pills } from './pills'
import type { CodeProps, FieldVariables, TemplateProps } from './props'
import { useView } from './view'

const basics: Extension = [history(), drawSelection(), EditorView.lineWrapping]

const keys: Extension = keymap.of([...defaultKeymap, ...historyKeymap])

/** A field of code: JSON with its mistakes, JavaScript with what it can name, or text. */
export function CodeEditor({ language, words, bare, variables, placeholder = '', ...view }: CodeProps) {
  const grammar = useGrammar(language, words)
  const extensions = useMemo(
    () => [
      basics, bracketMatching(), closeBrackets(), indentOnInput(), highlightActiveLine(), hint(placeholder), withVariables(variables, language !== 'javascript'),
      keymap.of([...closeBracketsKeymap, indentWithTab]), keys,
      bare ? [] : [lineNumbers(), foldGutter()],
      grammar,
    ],
    [language, grammar, bare, variables, placeholder],
  )
  const host = useView({ ...view, extensions })
  return <div ref={host} className="code-host" />
}

/** useGrammar is the language of a field; that of scripts is large and is loaded by the first field of them. */
function useGrammar(language: CodeProps['language'], words: CodeProps['words']): Extension {
  const [scripts, setScripts] = useState<typeof import('./scripts')>()
  useEffect(() => {
    if (language === 'javascript') void import('./scripts').then(setScripts)
  }, [language])
  return useMemo(() => {
    if (language === 'javascript') return scripts?.grammar(words ?? []) ?? []
    return language === 'json' ? [json(), linter(mistakes, { delay: 400 })] : []
  }, [language, words, scripts])
}

const parsed = jsonParseLinter()

/** mistakes of JSON; an empty field is no mistake. */
function mistakes(view: EditorView) {
  return view.state.doc.toString().trim() === '' ? [] : parsed(view)
}

/** A text in which variables stand as pills. */
export function TemplateEditor({ single, variables, placeholder = '', ...view }: TemplateProps) {
  const extensions = useMemo(() => [basics, hint(placeholder), withVariables(variables, true), single ? oneLine : [], keys], [single, variables, placeholder])
  const host = useView({ ...view, extensions })
  return <div ref={host} className="code-host code-prose" />
}

// Enter has no meaning in one line, unless it opens a pill or takes a suggestion, which come first.
const oneLine: Extension = [
  keymap.of([{ key: 'Enter', run: () => true }]),
  EditorState.transactionFilter.of((transaction) =>
    transaction.newDoc.lines > 1 ? [transaction, { changes: joints(transaction.newDoc.toString()), sequential: true }] : transaction,
  ),
]

/** joints turns the line breaks of a pasted text into spaces. */
const joints = (text: string) => [...text.matchAll(/\n/g)].map(({ index }) => ({ from: index, to: index + 1, insert: ' ' }))

const withVariables = (variables: FieldVariables | undefined, complete: boolean): Extension =>
  variables ? [pills(variables.lookOf), complete ? variableCompletion(variables.suggest) : []] : []
