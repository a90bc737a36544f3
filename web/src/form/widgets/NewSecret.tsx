import { Button, Input } from 'antd'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useSaveEnv } from '@/api/options'

const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A secret made where it is needed: its name, and its value, which nobody is shown again. */
export function NewSecret({ onDone }: { onDone: (name: string | null) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const save = useSaveEnv()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const ready = namePattern.test(name) && value !== ''
  const submit = () => ready && save.mutate({ name, value, secret: true }, { onSuccess: () => onDone(name) })
  const onEnter = (event: KeyboardEvent) => !event.nativeEvent.isComposing && submit()
  return (
    <div className="form-inset" role="group" aria-label={t('form:secret.new')}>
      <label htmlFor={`${id}-name`}>{t('form:secret.name')}</label>
      <Input id={`${id}-name`} className="mono" autoFocus value={name} placeholder={t('form:secret.example')} status={name && !namePattern.test(name) ? 'error' : ''} onChange={(event) => setName(event.target.value)} onPressEnter={onEnter} />
      <label htmlFor={`${id}-value`}>{t('form:secret.value')}</label>
      <Input.Password id={`${id}-value`} className="mono" value={value} autoComplete="new-password" onChange={(event) => setValue(event.target.value)} onPressEnter={onEnter} />
      {save.error && <p className="field-error" role="alert">{save.error instanceof ApiError ? save.error.message : String(save.error)}</p>}
      <div className="row">
        <Button size="small" type="primary" disabled={!ready} loading={save.isPending} onClick={submit}>{t('form:secret.save')}</Button>
        <Button size="small" onClick={() => onDone(null)}>{t('form:cancel')}</Button>
      </div>
    </div>
  )
}
