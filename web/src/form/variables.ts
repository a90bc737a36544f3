import { createContext, useContext } from 'react'

export { variableGroups, type VariableSources } from './groups'

/** A value that a config may name. */
export interface Variable {
  /** As it is written between {{ and }}. */
  path: string
  /** Its last step, or what people call it. */
  label: string
  /** JSON type; "" when it is not known, "secret" for what nobody is shown. */
  type: string
  sample?: unknown
  /** What is known to be inside; of other variables the sample says. */
  children?: Variable[]
}

/** Variables of one origin: the request, a node, the secrets … */
export interface VariableGroup {
  id: string
  title: string
  items: Variable[]
}

const Variables = createContext<VariableGroup[]>([])

/** Gives the forms below it the variables that may be named there. */
export const VariablesProvider = Variables.Provider

/** useVariables are the variables that may be named here. */
export const useVariables = () => useContext(Variables)
