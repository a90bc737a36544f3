import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role } from '@/api/session'
import { useAddUser, useChangeUser, useDeleteUser, type User } from '@/api/users'
import { CopyButton } from '@/components/CopyButton'
import { problemAt } from '@/components/Failure'

import { Dialog, Field } from '../parts'
import { madeUpPassword, minPassword, roles } from './roles'

interface Props {
  onClose: () => void
}

/** Adds a user, whose first password is told them by who adds them. */
export function NewUserDialog({ onClose }: Props) {
  const { t } = useTranslation()
  const add = useAddUser()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState(madeUpPassword)
  const [role, setRole] = useState<Role>('editor')
  return (
    <Dialog
      title={t('settings:users.new')}
      submit={t('settings:users.add')}
      pending={add.isPending}
      error={add.error}
      shown={['/email', '/password']}
      disabled={!email.includes('@') || [...password].length < minPassword}
      onSubmit={() => add.mutate({ email, password, role }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label={t('settings:users.email')} error={problemAt(add.error, '/email')}>
        {(aria) => <Input {...aria} type="email" autoFocus autoComplete="off" value={email} onChange={(event) => setEmail(event.target.value.trim())} />}
      </Field>
      <Radio.Group aria-label={t('settings:users.role')} className="settings-radios" value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {roles.map((one) => (
          <Radio key={one} value={one}>
            <strong>{t(`settings:role.${one}`)}</strong>
            <span className="settings-hint">{t(`settings:roleText.${one}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      <PasswordField value={password} onChange={setPassword} error={problemAt(add.error, '/password')} />
    </Dialog>
  )
}

/** Gives a user another password. */
export function ResetPasswordDialog({ user, onClose }: Props & { user: User }) {
  const { t } = useTranslation()
  const change = useChangeUser()
  const [password, setPassword] = useState(madeUpPassword)
  return (
    <Dialog
      title={t('settings:users.resetTitle', { email: user.email })}
      submit={t('settings:users.reset')}
      pending={change.isPending}
      error={change.error}
      shown={['/password']}
      disabled={[...password].length < minPassword}
      onSubmit={() => change.mutate({ id: user.id, password }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="muted">{t('settings:users.resetText')}</p>
      <PasswordField value={password} onChange={setPassword} error={problemAt(change.error, '/password')} />
    </Dialog>
  )
}

/** Deletes a user. */
export function DeleteUserDialog({ user, onClose }: Props & { user: User }) {
  const { t } = useTranslation()
  const remove = useDeleteUser()
  return (
    <Dialog
      danger
      title={t('settings:deleteNamed', { name: user.email })}
      submit={t('settings:delete')}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(user.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('settings:users.deleteText')}</p>
    </Dialog>
  )
}

function PasswordField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string | undefined }) {
  const { t } = useTranslation()
  return (
    <Field label={t('settings:users.password')} hint={t('settings:users.passwordHint', { count: minPassword })} error={error}>
      {(aria) => (
        <span className="row">
          <Input {...aria} className="mono" autoComplete="new-password" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
          <CopyButton text={value} label={t('settings:users.copyPassword')} />
        </span>
      )}
    </Field>
  )
}
