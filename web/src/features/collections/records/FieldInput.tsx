import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'

import { localOf, momentOf } from '../cell'
import { isNumeric } from '../types'
import { RelationPicker } from './RelationPicker'

export interface FieldInputProps {
  field: Field
  /** As it is typed: of all types a text, "" for none. */
  value: string
  onChange: (value: string) => void
  label: string
  id?: string
  autoFocus?: boolean
  invalid?: boolean
  describedBy?: string
}

/** What a value of a field is typed into. Long texts, JSON and files have other places. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, label, id, autoFocus, invalid, describedBy } = props
  const { t } = useTranslation()
  const common = { id, 'aria-label': label, autoFocus, 'aria-invalid': invalid, 'aria-describedby': describedBy, status: invalid ? ('error' as const) : ('' as const) }
  switch (field.type) {
    case 'boolean':
      return <Choice {...props} options={[{ value: 'true', label: t('collections:yes') }, { value: 'false', label: t('collections:no') }]} />
    case 'select':
      return <Choice {...props} options={(field.options?.choices ?? []).map((choice) => ({ value: choice, label: choice }))} />
    case 'relation':
      return <RelationPicker collection={field.options?.collection ?? ''} value={value} onChange={onChange} label={label} autoFocus={autoFocus} invalid={invalid} id={id} required={field.required} />
    case 'date':
      return <Input {...common} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    case 'datetime':
      return <Input {...common} type="datetime-local" step={1} value={localOf(value)} title={value} onChange={(event) => onChange(momentOf(event.target.value))} />
    default:
      return (
        <Input
          {...common}
          className={isNumeric(field) || field.type === 'uuid' ? 'mono' : undefined}
          inputMode={isNumeric(field) ? 'decimal' : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}

function Choice({ field, value, onChange, label, id, autoFocus, invalid, options }: FieldInputProps & { options: { value: string; label: string }[] }) {
  const { t } = useTranslation()
  return (
    <Select
      id={id}
      className="collections-wide"
      showSearch={options.length > 8}
      allowClear={!field.required}
      autoFocus={autoFocus}
      defaultOpen={autoFocus}
      aria-label={label}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      placeholder={t('collections:record.noValue')}
      value={value || null}
      onChange={(next: string | null) => onChange(next ?? '')}
      options={options}
    />
  )
}
