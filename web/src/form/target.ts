import { create } from 'zustand'

/** The field that variables are inserted into: the one that had the focus last, as long as it is shown. */
export interface InsertTarget {
  label: string
  insert: (text: string) => void
}

/** useTarget is where the Variables tab inserts. */
export const useTarget = create<{ target: InsertTarget | null }>(() => ({ target: null }))

/** aimAt makes a field the target. */
export const aimAt = (target: InsertTarget) => useTarget.setState({ target })

/** forget ends it when the field goes. */
export const forget = (target: InsertTarget | null) => {
  if (target && useTarget.getState().target === target) useTarget.setState({ target: null })
}
