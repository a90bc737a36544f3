import { App, Button } from 'antd'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import type { Collection, Field } from '@/api/collections'
import { useChangeRecord, useCreateRecord, useDeleteRecords, type RecordRow, type Values } from '@/api/records'
import { useMay } from '@/api/session'

import { textOf, valueOf } from '../cell'
import { Failure } from '../Failure'
import { isMany, ownFields } from '../types'
import { Cell } from './Cell'
import { FormField } from './FormField'
import { textFor } from './useEdit'

interface Props {
  collection: Collection
  /** The record as it is; none: a new one. */
  row?: RecordRow
  onMade?: (id: string) => void
  onDeleted?: () => void
}

type Texts = Record<string, string>

/** All fields of a record; what was changed is saved together. */
export function RecordForm({ collection, row, onMade, onDeleted }: Props) {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const [texts, setTexts] = useState<Texts>({}) // of the fields that were touched
  const [wrong, setWrong] = useState<Texts>({})
  const create = useCreateRecord(collection.name)
  const change = useChangeRecord(collection.name)
  const pending = create.isPending || change.isPending
  const error = create.error ?? change.error
  const fields = collection.fields.filter((field) => !isMany(field))
  const heldOf = (field: Field) => (row ? textFor(row, field) : textOf(field.default))
  const touched = fields.filter(({ name }) => name in texts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { values, problems } = read(row ? touched : fields, (field) => texts[field.name] ?? heldOf(field))
    const texted = Object.fromEntries(Object.entries(problems).map(([name, key]) => [name, t(`collections:wrong.${key}`)]))
    setWrong(texted)
    if (Object.keys(problems).length > 0) return
    const onError = (failure: unknown) => setWrong(byField(failure))
    if (row) change.mutate({ id: row.id, values }, { onSuccess: () => setTexts({}), onError })
    else create.mutate(values, { onSuccess: (made) => onMade?.(made.id), onError })
  }
  return (
    <form className="collections-form" onSubmit={submit} noValidate>
      {fields.map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={texts[field.name] ?? heldOf(field)}
          onChange={(text) => (setTexts({ ...texts, [field.name]: text }), setWrong({ ...wrong, [field.name]: '' }))}
          error={wrong[field.name] ?? ''}
          readOnly={!editor}
        />
      ))}
      {row && <Own row={row} many={collection.fields.filter(isMany)} />}
      <Failure error={error} />
      {editor && (
        <div className="row collections-form-foot">
          <Button type="primary" htmlType="submit" loading={pending} disabled={Boolean(row) && touched.length === 0}>
            {t(row ? 'collections:save' : 'collections:record.create')}
          </Button>
          {touched.length > 0 && <Button onClick={() => (setTexts({}), setWrong({}))}>{t('collections:record.undo')}</Button>}
          <span className="grow" />
          {row && <Remove collection={collection.name} id={row.id} onDone={onDeleted} />}
        </div>
      )}
    </form>
  )
}

/** read makes values of what was typed. */
function read(fields: Field[], textOfField: (field: Field) => string) {
  const values: Values = new Map()
  const problems: Texts = {}
  for (const field of fields) {
    const value = valueOf(textOfField(field), field)
    if (typeof value === 'string') problems[field.name] = value
    else values.set(field.name, value)
  }
  return { values, problems }
}

const byField = (error: unknown): Texts =>
  error instanceof ApiError ? Object.fromEntries(error.problem.errors.map(({ pointer, detail }) => [pointer.slice(1).split('/')[0] ?? '', detail])) : {}

// What nobody types: when it was made, and what leads to it.
function Own({ row, many }: { row: RecordRow; many: Field[] }) {
  const { t } = useTranslation()
  return (
    <dl className="collections-own">
      {many.map((field) => (
        <div key={field.name}>
          <dt>{field.title || field.name}</dt>
          <dd><Cell field={field} row={row} /></dd>
        </div>
      ))}
      {ownFields.slice(1).map((field) => (
        <div key={field.name}>
          <dt>{t(`collections:own.${field.name}`)}</dt>
          <dd><Cell field={field} row={row} /></dd>
        </div>
      ))}
    </dl>
  )
}

function Remove({ collection, id, onDone }: { collection: string; id: string; onDone?: () => void }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const remove = useDeleteRecords(collection)
  const confirm = () =>
    modal.confirm({
      title: t('collections:selection.confirm', { count: 1 }),
      content: t('collections:selection.consequence'),
      okText: t('collections:selection.delete'),
      cancelText: t('collections:cancel'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync([id]).then(onDone, (error: Error) => void message.error(error.message)),
    })
  return <Button danger type="text" loading={remove.isPending} onClick={confirm}>{t('collections:selection.delete')}</Button>
}
