import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import type { Field } from '@/api/collections'
import { useChangeRecord, type RecordRow } from '@/api/records'

import { idOf, same, textOf, valueOf } from '../cell'

/** A cell that is being typed into. */
export interface Edit {
  id: string
  field: Field
  /** What it held before. */
  before: string
  text: string
  error: string
  saving: boolean
}

/** Texts longer than this are edited in the record's pane. */
const longest = 20_000

/** textFor is what an editor of a field begins with. */
export const textFor = (row: RecordRow, field: Field) => (field.type === 'relation' ? idOf(row.values.get(field.name)) : textOf(row.values.get(field.name)))

/** useEdit changes one cell at a time; a failure stays with its cell. */
export function useEdit(collection: string, onElsewhere: (row: RecordRow) => void) {
  const { t } = useTranslation()
  const [edit, setEdit] = useState<Edit | null>(null)
  const change = useChangeRecord(collection)
  const begin = (row: RecordRow, field: Field, typed?: string) => {
    const before = textFor(row, field)
    if (field.type === 'file' || before.length > longest) onElsewhere(row)
    else setEdit({ id: row.id, field, before, text: typed ?? before, error: '', saving: false })
  }
  const update = (part: Partial<Edit>) => setEdit((now) => now && { ...now, ...part })
  /** save reports whether the cell is done with. */
  const save = async (text = edit?.text ?? ''): Promise<boolean> => {
    if (!edit) return true
    if (text === edit.before) return (setEdit(null), true)
    const value = valueOf(text, edit.field)
    if (typeof value === 'string') return (update({ text, error: t(`collections:wrong.${value}`) }), false)
    if (same(value, valueBefore(edit))) return (setEdit(null), true)
    update({ text, error: '', saving: true })
    try {
      await change.mutateAsync({ id: edit.id, values: new Map([[edit.field.name, value]]) })
      setEdit(null)
      return true
    } catch (error) {
      update({ saving: false, error: reasonOf(error, edit.field.name) })
      return false
    }
  }
  return { edit, begin, save, type: (text: string) => update({ text, error: '' }), cancel: () => setEdit(null) }
}

const valueBefore = (edit: Edit) => {
  const value = valueOf(edit.before, edit.field)
  return typeof value === 'string' ? undefined : value
}

/** reasonOf is what the server has against the value of a field. */
export function reasonOf(error: unknown, field: string): string {
  if (!(error instanceof ApiError)) return String(error)
  const { errors, detail, title } = error.problem
  return (errors.find(({ pointer }) => pointer === `/${field}`) ?? errors[0])?.detail ?? (detail || title)
}
