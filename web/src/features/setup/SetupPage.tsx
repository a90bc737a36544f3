import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { Check, Circle } from 'lucide-react'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'

import { problemAt, useSetup, useSetupState } from './auth'
import { FieldError, Frame } from './Frame'

/** What the server asks of a password. */
const minPassword = 10

/** The first administrator, made with the one-time token that the server printed. */
export function SetupPage() {
  const { t } = useTranslation()
  const token = useToken()
  const navigate = useNavigate()
  const needed = useSetupState().data?.needed
  useEffect(() => {
    if (needed === false) void navigate({ to: '/login', replace: true })
  }, [needed, navigate])
  return (
    <Frame title={t('setup:first.title')} text={t('setup:first.text')}>
      <SetupForm token={token} />
    </Frame>
  )
}

/** useToken takes the token out of the address, where a glance or a screenshot would give it away. */
function useToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}

function SetupForm({ token: given }: { token: string }) {
  const { t } = useTranslation()
  const [token, setToken] = useState(given)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const setup = useSetup()
  const refused = setup.error instanceof ApiError && setup.error.problem.status === 403
  const long = [...password].length >= minPassword
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (long) setup.mutate({ token: token.trim(), email: email.trim(), password })
  }
  return (
    <form className="setup-form" onSubmit={submit}>
      {(!given || refused) && (
        <Field id="token" label={t('setup:first.token')} hint={t('setup:first.tokenHint')} error={refused ? t('setup:first.refused') : undefined}>
          {(aria) => <Input {...aria} className="mono" required autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />}
        </Field>
      )}
      <Field id="email" label={t('setup:email')} error={problemAt(setup.error, '/email') && t('setup:first.badEmail')}>
        {(aria) => (
          <Input {...aria} type="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
        )}
      </Field>
      <Field id="password" label={t('setup:password')} error={problemAt(setup.error, '/password')} hint={<PasswordRule met={long} />}>
        {(aria) => (
          <Input.Password {...aria} autoComplete="new-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        )}
      </Field>
      <Button type="primary" htmlType="submit" block loading={setup.isPending}>
        {t('setup:first.submit')}
      </Button>
      <OtherProblem error={setup.error} />
      <Address />
    </form>
  )
}

interface FieldProps {
  id: string
  label: string
  hint?: ReactNode
  error: string | undefined
  children: (aria: { id: string; status: '' | 'error'; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode
}

function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div className="setup-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, status: error ? 'error' : '', 'aria-invalid': Boolean(error), 'aria-describedby': `${id}-says` })}
      <div id={`${id}-says`}>
        {hint && <div className="setup-hint">{hint}</div>}
        <FieldError text={error} />
      </div>
    </div>
  )
}

function PasswordRule({ met }: { met: boolean }) {
  const { t } = useTranslation()
  const Icon = met ? Check : Circle
  return (
    <span className={met ? 'row setup-hint-ok' : 'row'} style={{ gap: 5 }}>
      <Icon size={13} aria-hidden />
      {t('setup:first.passwordRule', { count: minPassword })}
    </span>
  )
}

/** What went wrong and belongs to no field. */
function OtherProblem({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!(error instanceof ApiError) || error.problem.status === 403 || error.problem.errors.length > 0) return null
  return <FieldError text={`${sentence(t, error.problem.status)}. ${error.problem.detail}`} />
}

/** Where other systems reach the server, as far as this browser knows. */
function Address() {
  const { t } = useTranslation()
  return (
    <div className="setup-address">
      <span>{t('setup:first.address')}</span>
      <code>{`${location.origin}/api/webhooks/…`}</code>
      <span>{t('setup:first.otherAddress')}</span>
    </div>
  )
}
