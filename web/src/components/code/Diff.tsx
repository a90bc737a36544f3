import { json } from '@codemirror/lang-json'
import { javascript } from '@codemirror/lang-javascript'
import { unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'

import { theme } from './theme'

const languages: Record<string, Extension> = { json: json(), javascript: javascript(), text: [] }

/** What changed between two texts, in one column: lines that went and lines that came. */
export function Diff({ before, after, language, label }: { before: string; after: string; language: string; label: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc: after,
        extensions: [
          languages[language] ?? [], theme, lineNumbers(), EditorView.lineWrapping, EditorView.editable.of(false), EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 }, gutter: true }),
        ],
      }),
    })
    return () => view.destroy()
  }, [before, after, language, label])
  return <div ref={host} className="code-host code-diff" />
}
