import type { ReactNode } from 'react'

interface LabelledProps {
  label: string
  help?: string
  /** Of the control that the label is for. */
  id?: string
  children: ReactNode
}

/** A control under its name, with a line on what it is for. */
export function Labelled({ label, help, id, children }: LabelledProps) {
  return (
    <div className="trg-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {help && <p className="muted trg-small">{help}</p>}
    </div>
  )
}
