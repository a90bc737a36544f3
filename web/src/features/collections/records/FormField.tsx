import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'
import { Code } from '@/components/code/Code'
import { RawText } from '@/components/json/JsonView'

import { FieldIcon, useFieldTitle } from '../FieldName'
import { FieldInput } from './FieldInput'
import { FileInput } from './FileInput'

interface Props {
  field: Field
  value: string
  onChange: (text: string) => void
  error: string
  readOnly: boolean
}

/** Texts longer than this are shown first and edited when somebody asks to. */
const long = 20_000

/** A field of a record with its name, its editor and what is wrong with it. */
export function FormField({ field, value, onChange, error, readOnly }: Props) {
  const titleOf = useFieldTitle()
  const id = useId()
  return (
    <div className="collections-field">
      <label htmlFor={id} className="row">
        <FieldIcon type={field.type} />
        <span>{titleOf(field)}</span>
        {field.required && <span aria-hidden className="collections-star">{'*'}</span>}
        {field.title && <code className="muted">{field.name}</code>}
      </label>
      <Editor field={field} value={value} onChange={onChange} readOnly={readOnly} id={id} error={error} />
      <div id={`${id}-error`} role="alert" className="collections-wrong">{error}</div>
    </div>
  )
}

function Editor({ field, value, onChange, readOnly, id, error }: Props & { id: string }) {
  const { t } = useTranslation()
  const label = useFieldTitle()(field)
  const [editing, setEditing] = useState(false)
  const describedBy = `${id}-error`
  if (field.type === 'file') return <FileInput id={id} value={value} onChange={onChange} readOnly={readOnly} />
  if (value.length > long && !editing) {
    return (
      <>
        <RawText text={value} label={label} maxHeight={220} />
        {!readOnly && <Button size="small" onClick={() => setEditing(true)}>{t('collections:record.editLong')}</Button>}
      </>
    )
  }
  if (field.type === 'json') {
    return <Code language="json" bare least={3} most={16} label={label} value={value} onChange={onChange} readOnly={readOnly} invalid={error !== ''} describedBy={describedBy} />
  }
  if (readOnly) return <Input id={id} readOnly value={value} />
  if (field.type === 'text') {
    return (
      <Input.TextArea
        id={id} autoSize={{ minRows: 2, maxRows: 12 }} aria-invalid={error !== ''} aria-describedby={describedBy} status={error ? 'error' : ''}
        value={value} onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return <FieldInput id={id} field={field} value={value} onChange={onChange} label={label} invalid={error !== ''} describedBy={describedBy} />
}
