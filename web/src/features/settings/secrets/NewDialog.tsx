import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { usePutVariable } from '@/api/env'
import { problemAt } from '@/components/Failure'

import { Dialog, Field } from '../parts'
import { ValueField } from './ValueField'

const pattern = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

/** Adds a secret or a variable. */
export function NewDialog({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const put = usePutVariable()
  const [secret, setSecret] = useState(true)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const wrong = name && !pattern.test(name) ? t('settings:secrets.badName') : taken.includes(name) ? t('settings:secrets.taken') : undefined
  const ready = name !== '' && !wrong && (!secret || value !== '')
  const submit = () => put.mutate({ name, value, secret }, { onSuccess: onClose })
  return (
    <Dialog title={t('settings:secrets.newTitle')} submit={t('settings:save')} pending={put.isPending} error={put.error} shown={['/name', '/value']} disabled={!ready} onSubmit={submit} onClose={onClose}>
      <Radio.Group
        aria-label={t('settings:secrets.kind')}
        value={secret}
        onChange={(event) => setSecret(event.target.value === true)}
        options={[
          { value: true, label: t('settings:secrets.asSecret') },
          { value: false, label: t('settings:secrets.asVariable') },
        ]}
      />
      <Field label={t('settings:secrets.name')} error={wrong ?? problemAt(put.error, '/name')} hint={t('settings:secrets.nameHint', { reference: `{{$env.${name || 'NAME'}}}` })}>
        {(aria) => <Input {...aria} className="mono" autoFocus spellCheck={false} autoComplete="off" value={name} onChange={(event) => setName(event.target.value.trim())} />}
      </Field>
      <ValueField value={value} secret={secret} error={problemAt(put.error, '/value')} onChange={setValue} />
    </Dialog>
  )
}
