import './code.css'

import { Suspense, lazy } from 'react'

import type { CodeProps, TemplateProps } from './props'

const CodeEditor = lazy(async () => ({ default: (await import('./Editor')).CodeEditor }))
const TemplateEditor = lazy(async () => ({ default: (await import('./Editor')).TemplateEditor }))
const MergeView = lazy(async () => ({ default: (await import('./Diff')).Diff }))

/** Height of a field in lines: it grows with its text between the two, and scrolls beyond. */
interface Lines {
  least?: number
  most?: number
}

/** A field of code. Until its editor is loaded, a plain field of the same size takes what is typed. */
export function Code({ least = 6, most = 24, ...props }: CodeProps & Lines) {
  return (
    <div className={props.invalid ? 'code code-invalid' : 'code'} style={{ '--least': least, '--most': most } as React.CSSProperties}>
      <Suspense fallback={<Plain {...props} />}>
        <CodeEditor {...props} />
      </Suspense>
    </div>
  )
}

/** A text with variables in it: of one line that grows, or of several. */
export function Template({ least = 1, most = 12, ...props }: TemplateProps & Lines) {
  return (
    <div className={props.invalid ? 'code code-invalid' : 'code'} style={{ '--least': least, '--most': most } as React.CSSProperties}>
      <Suspense fallback={<Plain {...props} prose />}>
        <TemplateEditor {...props} />
      </Suspense>
    </div>
  )
}

/** Two texts side by side with what changed marked. */
export function CodeDiff(props: { before: string; after: string; language: CodeProps['language']; label: string }) {
  return (
    <div className="code" style={{ '--least': 3, '--most': 30 } as React.CSSProperties}>
      <Suspense fallback={<pre className="code-plain">{props.after}</pre>}>
        <MergeView {...props} />
      </Suspense>
    </div>
  )
}

function Plain({ value, onChange, label, readOnly, placeholder, prose }: TemplateProps & { prose?: boolean }) {
  return (
    <textarea
      className={prose ? 'code-plain code-prose' : 'code-plain'} value={value} readOnly={readOnly} aria-label={label} placeholder={placeholder} rows={1}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
