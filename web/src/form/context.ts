import { createContext, useContext, type ComponentType } from 'react'

import type { Schema } from '@/api/catalogue'
import { escaped } from '@/flow/keys'

import type { Values } from './plan'

/** Something that is wrong with a value: where, as a JSON pointer below the form's value, and what. */
export interface FormProblem {
  pointer: string
  text: string
}

interface FormState {
  /** The schema whose $defs references mean. */
  root: Schema
  problems: readonly FormProblem[]
  readOnly: boolean
}

const Form = createContext<FormState>({ root: {}, problems: [], readOnly: false })

export const FormProvider = Form.Provider

/** useForm is what all fields of a form share. */
export const useForm = () => useContext(Form)

/** useWrong tells which members of a value something is wrong with. */
export function useWrong(pointer: string): (member: string | number) => boolean {
  const { problems } = useForm()
  return (member) => {
    const at = `${pointer}/${escaped(String(member))}`
    return problems.some((problem) => problem.pointer === at || problem.pointer.startsWith(`${at}/`))
  }
}

/** What a widget is given. */
export interface WidgetProps {
  schema: Schema
  value: unknown
  /** undefined takes the value away. */
  onChange: (value: unknown) => void
  /** Of the value below the form's. */
  pointer: string
  /** Of the control, that its label belongs to it. */
  id: string
  label: string
  describedBy?: string
  invalid: boolean
  readOnly: boolean
  /** The text means itself: no variables. */
  literal: boolean
  /** The object that the value is a member of. */
  parent: Values
}

export type Widget = ComponentType<WidgetProps>
