import type { Suggest, Suggestion } from './completion'
import type { PillLook } from './pills'

/** What a field knows of the variables that may be named in it. */
export interface FieldVariables {
  lookOf: (path: string) => PillLook
  suggest: Suggest
}

interface FieldProps {
  value: string
  onChange?: (value: string) => void
  /** The name of the field, for those who do not see it. */
  label: string
  readOnly?: boolean
  invalid?: boolean
  describedBy?: string
  autoFocus?: boolean
  placeholder?: string
  variables?: FieldVariables
  onFocus?: () => void
  /** Called with what inserts a text at the cursor, and with null when the field goes. */
  inserter?: (insert: ((text: string) => void) | null) => void
}

export interface CodeProps extends FieldProps {
  language: 'json' | 'javascript' | 'text'
  /** Names that a script can use. */
  words?: readonly Suggestion[]
  /** bare: without line numbers. */
  bare?: boolean
}

export interface TemplateProps extends FieldProps {
  /** One line: a line break cannot be typed. */
  single?: boolean
}
