import { Select } from 'antd'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollection } from '@/api/collections'
import { useRecord, useRecordSearch, type RecordRow } from '@/api/records'

import { textOf } from '../cell'
import { naming } from '../types'

interface Props {
  /** The table whose records can be chosen. */
  collection: string
  value: string
  onChange: (id: string) => void
  label: string
  autoFocus?: boolean
  invalid?: boolean
  id?: string
  required?: boolean
}

/** Chooses a record of another table by what it is called, or by anything that stands in it. */
export function RelationPicker({ collection, value, onChange, label, autoFocus, invalid, id, required }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useRecordSearch(collection, useDeferredValue(text.trim()))
  const nameOf = useRecordName(collection)
  const options = found.data?.map((row) => ({ value: row.id, label: nameOf(row) })) ?? []
  const known = options.some((option) => option.value === value)
  return (
    <Select
      id={id}
      className="collections-wide"
      classNames={{ popup: { root: 'collections-popup' } }}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear={!required}
      autoFocus={autoFocus}
      defaultOpen={autoFocus}
      aria-label={label}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      loading={found.isFetching}
      notFoundContent={t('collections:relation.none')}
      placeholder={t('collections:relation.search')}
      value={value || null}
      onChange={(next: string | null) => onChange(next ?? '')}
      labelRender={(option) => labelOf(collection, option)}
      options={known || !value ? options : [{ value, label: undefined }, ...options]}
      optionRender={(option) => optionOf(collection, option)}
    />
  )
}

// A record that the search has not found is read by itself.
const labelOf = (collection: string, { value, label }: { value?: unknown; label?: ReactNode }) => label ?? <RecordName collection={collection} id={String(value)} />

const optionOf = (collection: string, option: { value?: unknown; label?: ReactNode }) => (
  <span className="row">
    <span className="cut grow">{labelOf(collection, option)}</span>
    <span className="mono muted">{String(option.value)}</span>
  </span>
)

/** useRecordName calls records of a table by the field that names them, else by their id. */
export function useRecordName(collection: string) {
  const field = naming(useCollection(collection).data?.fields ?? [])
  return (row: RecordRow) => (field && textOf(row.values.get(field.name)).slice(0, 120)) || row.id
}

function RecordName({ collection, id }: { collection: string; id: string }) {
  const row = useRecord(collection, id)
  const nameOf = useRecordName(collection)
  return <span>{row.data ? nameOf(row.data) : id}</span>
}
