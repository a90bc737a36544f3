import './form.css'

import { useMemo } from 'react'

import type { Schema } from '@/api/catalogue'

import { FormProvider, type FormProblem } from './context'
import { Fields } from './Fields'
import type { Values } from './plan'

export interface SchemaFormProps {
  schema: Schema
  value: Values
  onChange: (next: Values) => void
  /** What is wrong, shown at the fields that the pointers lead to. */
  problems?: readonly FormProblem[]
  readOnly?: boolean
  /** Names of the only fields to show. */
  only?: readonly string[]
  /** Names of fields not to show. */
  except?: readonly string[]
}

const none: readonly FormProblem[] = []

/** A form for whatever a schema of the server describes: nodes, triggers, channels, verification schemes. Text fields take
 * the variables of the nearest VariablesProvider. */
export function SchemaForm({ schema, value, onChange, problems = none, readOnly = false, only, except }: SchemaFormProps) {
  const state = useMemo(() => ({ root: schema, problems, readOnly }), [schema, problems, readOnly])
  return (
    <FormProvider value={state}>
      <Fields schema={schema} value={value} onChange={onChange} pointer="" literal={false} only={only} except={except} />
    </FormProvider>
  )
}
