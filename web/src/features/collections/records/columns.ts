import { useMemo, useState } from 'react'

import type { Field } from '@/api/collections'

import { ownFields } from '../types'

/** A column of the grid. */
export interface Column {
  field: Field
  /** In pixels. */
  width: number
}

/** What this browser keeps of how a table is looked at. */
interface Kept {
  shown: Record<string, boolean>
  widths: Record<string, number>
}

export const [narrowest, widest] = [60, 900]
const usual: Record<string, number> = { boolean: 84, integer: 100, bigint: 180, decimal: 130, number: 110, date: 110, datetime: 190, uuid: 290, id: 140, text: 260, json: 240 }
const normal = 170

const keyOf = (name: string) => `hookflow.columns.${name}`

function read(name: string): Kept {
  try {
    const { shown, widths } = JSON.parse(localStorage.getItem(keyOf(name)) ?? '{}') as Partial<Kept>
    return { shown: shown ?? {}, widths: widths ?? {} }
  } catch {
    return { shown: {}, widths: {} }
  }
}

const columnOf = (field: Field, kept: Kept): Column & { shown: boolean } => ({
  field,
  width: kept.widths[field.name] ?? usual[field.type] ?? normal,
  shown: kept.shown[field.name] ?? (field.name !== 'id' && field.name !== 'createdAt'),
})

/** useColumns are the columns of a table as this browser shows them: all fields, and when the record was changed. */
export function useColumns(name: string, fields: readonly Field[]) {
  const [kept, setKept] = useState(() => read(name))
  const keep = (next: Kept) => {
    setKept(next)
    localStorage.setItem(keyOf(name), JSON.stringify(next))
  }
  const all = useMemo(() => [...fields, ...ownFields].map((field) => columnOf(field, kept)), [fields, kept])
  return {
    all,
    columns: useMemo(() => all.filter(({ shown }) => shown), [all]),
    show: (field: string, shown: boolean) => keep({ ...kept, shown: { ...kept.shown, [field]: shown } }),
    resize: (field: string, width: number) => keep({ ...kept, widths: { ...kept.widths, [field]: Math.max(narrowest, Math.min(widest, Math.round(width))) } }),
  }
}
