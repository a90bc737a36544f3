import { useEffect, useMemo, useRef } from 'react'

import { Template } from '@/components/code/Code'

import { hasReference, reference } from './paths'
import { useLooks } from './looks'
import { aimAt, forget, type InsertTarget } from './target'
import { VariableButton } from './VariableButton'

interface TemplateInputProps {
  value: string
  onChange: (value: string) => void
  /** The name of the field. */
  label: string
  readOnly?: boolean
  invalid?: boolean
  describedBy?: string
  placeholder?: string
  /** The text means itself: no variables. */
  literal?: boolean
  /** Several lines. */
  multiline?: boolean
  autoFocus?: boolean
}

/** A text field in which variables stand as pills: typed behind {{, picked from the {x} button, or dropped. */
export function TemplateInput({ value, onChange, label, literal, multiline, readOnly, ...rest }: TemplateInputProps) {
  const looks = useLooks()
  const insert = useRef<((text: string) => void) | null>(null)
  const target = useRef<InsertTarget | null>(null)
  useEffect(() => () => forget(target.current), [])
  const add = (text: string) => (insert.current ? insert.current(text) : onChange(value + text))
  const rows = useMemo(() => (multiline ? { least: 3, most: 16 } : { least: 1, most: 6 }), [multiline])
  if (literal) return <Template {...rest} {...rows} value={value} onChange={onChange} label={label} readOnly={readOnly} single={!multiline} />
  return (
    <div className={multiline ? 'template template-tall' : 'template'}>
      <Template
        {...rest} {...rows} value={value} onChange={onChange} label={label} readOnly={readOnly} single={!multiline} variables={looks}
        inserter={(next) => void (insert.current = next)}
        onFocus={() => aimAt((target.current = { label, insert: add }))}
      />
      {!readOnly && <VariableButton label={label} onPick={(path) => add(reference(path))} />}
    </div>
  )
}

/** A control whose value may also be one variable: the {x} button puts a text field in its place. */
export function Dynamic({ value, onChange, label, literal, readOnly, given = false, children, ...rest }: Omit<TemplateInputProps, 'value' | 'onChange' | 'multiline'> & {
  value: unknown
  onChange: (value: unknown) => void
  /** It has parts already, which one variable would replace. */
  given?: boolean
  children: React.ReactNode
}) {
  if (literal) return children
  if (hasReference(value)) return <TemplateInput {...rest} value={value} onChange={(text) => onChange(text === '' ? undefined : text)} label={label} readOnly={readOnly} />
  return (
    <div className="dynamic">
      {children}
      {!readOnly && !given && <VariableButton label={label} onPick={(path) => onChange(reference(path))} />}
    </div>
  )
}
