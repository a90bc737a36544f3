// The only way to CodeMirror, so that all of it is one chunk that pages without a code field never load.
import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language'
import { linter } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers, placeholder as hint } from '@codemirror/view'
import { useMemo } from 'react'

import { variableCompletion, wordCompletion } from './completion'
import { pills } from './pills'
import type { CodeProps, FieldVariables, TemplateProps } from './props'
import { useView } from './view'

const basics: Extension = [history(), drawSelection(), EditorView.lineWrapping]

const keys: Extension = keymap.of([...defaultKeymap, ...historyKeymap])

/** A field of code: JSON with its mistakes, JavaScript with what it can name, or text. */
export function CodeEditor({ language, words, bare, variables, placeholder = '', ...view }: CodeProps) {
  const extensions = useMemo(
    () => [
      basics, bracketMatching(), closeBrackets(), indentOnInput(), highlightActiveLine(), hint(placeholder), withVariables(variables, language !== 'javascript'),
      keymap.of([...closeBracketsKeymap, indentWithTab]), keys,
      bare ? [] : [lineNumbers(), foldGutter()],
      languages[language],
      language === 'javascript' ? [autocompletion({ icons: false }), javascriptLanguage.data.of({ autocomplete: wordCompletion(words ?? []) })] : [],
    ],
    [language, words, bare, variables, placeholder],
  )
  const host = useView({ ...view, extensions })
  return <div ref={host} className="code-host" />
}

const languages: Record<CodeProps['language'], Extension> = {
  json: [json(), linter(mistakes, { delay: 400 })],
  javascript: javascript(),
  text: [],
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
