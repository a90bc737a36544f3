import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { useSaveEnv } from '@/api/options'
import { pick } from '@/app/i18n'
import { Failure } from '@/components/Failure'

import { envReference } from './secrets'

interface NewSecretProps {
  scheme: SchemeType
  proposed: string
  /** Whether it can be kept among the server's secrets; else it is kept in the workflow. */
  mayKeep: boolean
  onText: (text: string) => void
  onDone: () => void
}

/** A secret that the sender has made. */
export function NewSecret({ scheme, proposed, mayKeep, onText, onDone }: NewSecretProps) {
  const { t, i18n } = useTranslation()
  const id = useId()
  const [value, setValue] = useState('')
  const [name, setName] = useState(proposed)
  const keep = useSaveEnv()
  const submit = async () => {
    if (mayKeep) await keep.mutateAsync({ name, value, secret: true })
    onText(mayKeep ? envReference(name) : value)
    onDone()
  }
  return (
    <form
      className="trg-fresh"
      onSubmit={(event) => {
        event.preventDefault()
        void submit().catch(() => undefined) // shown below
      }}
    >
      <label htmlFor={`${id}-value`}>{t('trigger:secret.from', { name: pick(scheme.title, i18n.language) })}</label>
      {/* It appears when somebody asks for it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <Input.Password id={`${id}-value`} autoFocus className="mono" autoComplete="off" value={value} onChange={({ target }) => setValue(target.value.trim())} />
      {mayKeep ? (
        <>
          <label htmlFor={`${id}-name`}>{t('trigger:secret.name')}</label>
          <Input id={`${id}-name`} className="mono" value={name} onChange={({ target }) => setName(target.value.toUpperCase().replace(/\W/g, '_'))} />
        </>
      ) : (
        <p className="muted trg-small">{t('trigger:secret.noRight')}</p>
      )}
      <Failure error={keep.error} />
      <div className="trg-buttons">
        <Button type="primary" size="small" htmlType="submit" disabled={value === '' || name === ''} loading={keep.isPending}>
          {t('trigger:secret.keep')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('trigger:cancel')}
        </Button>
      </div>
    </form>
  )
}
