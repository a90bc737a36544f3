import { Button, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMakeKey } from '@/api/keys'
import type { Role } from '@/api/session'
import { problemAt } from '@/components/Failure'

import { Command, Dialog, Field } from '../parts'
import { roles } from './roles'

/** Days that a key can be good for; 0 is for ever. */
const lives = [30, 90, 365, 0]
const day = 24 * 3_600_000

/** Makes a key, then shows it this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const make = useMakeKey()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [days, setDays] = useState(90)
  if (make.data) return <Made apiKey={make.data.key} onClose={onClose} />
  return (
    <Dialog
      title={t('settings:keys.new')}
      submit={t('settings:keys.make')}
      pending={make.isPending}
      error={make.error} shown={['/name', '/expiresAt']}
      disabled={name.trim() === ''}
      onSubmit={() => make.mutate({ name: name.trim(), role, ...(days > 0 && { expiresAt: new Date(Date.now() + days * day).toISOString() }) })}
      onClose={onClose}
    >
      <Field label={t('settings:keys.name')} hint={t('settings:keys.nameHint')} error={problemAt(make.error, '/name')}>
        {(aria) => <Input {...aria} autoFocus autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Radio.Group aria-label={t('settings:users.role')} className="settings-radios" value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {roles.map((one) => (
          <Radio key={one} value={one}>
            <strong>{t(`settings:role.${one}`)}</strong>
            <span className="settings-hint">{t(`settings:roleText.${one}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      <Field label={t('settings:keys.expires')} error={problemAt(make.error, '/expiresAt')}>
        {({ status, ...aria }) => (
          <Select
            {...aria}
            status={status}
            value={days}
            onChange={setDays}
            options={lives.map((count) => ({ value: count, label: count ? t('settings:keys.days', { count }) : t('settings:keys.never') }))}
          />
        )}
      </Field>
    </Dialog>
  )
}

function Made({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('settings:keys.madeTitle')} onCancel={onClose} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t('settings:keys.kept')}</Button>}>
      <div className="settings-form">
        <p className="settings-warn">{t('settings:keys.madeText')}</p>
        <Command text={apiKey} />
        <h3>{t('settings:keys.use')}</h3>
        <Command text={`curl -H 'Authorization: Bearer ${apiKey}' ${location.origin}/api/workflows`} />
      </div>
    </Modal>
  )
}
