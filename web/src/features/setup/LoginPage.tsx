import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'
import { useFormat } from '@/components/format'

import { useLogin, useSetupState, useWait } from './auth'
import { FieldError, Frame } from './Frame'
import { safeNext } from './next'

/** The log-in; while there is nobody to log in, it leads to the set-up. */
export function LoginPage() {
  const { t } = useTranslation()
  const { next } = useSearch({ from: '/login' })
  const navigate = useNavigate()
  const setup = useSetupState()
  const needed = setup.data?.needed
  useEffect(() => {
    if (needed) void navigate({ to: '/setup', replace: true })
  }, [needed, navigate])
  return (
    <Frame title={t('setup:login.title')}>
      <LoginForm next={safeNext(next)} />
    </Frame>
  )
}

function LoginForm({ next }: { next: string }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const login = useLogin(next)
  const wait = useWait(login)
  const problem = useLoginProblem(login.error, wait)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    login.mutate({ email: email.trim(), password })
  }
  return (
    <form className="setup-form" onSubmit={submit}>
      <div className="setup-field">
        <label htmlFor="email">{t('setup:email')}</label>
        <Input id="email" type="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
      </div>
      <div className="setup-field">
        <label htmlFor="password">{t('setup:password')}</label>
        <Input.Password
          id="password"
          autoComplete="current-password"
          required
          value={password}
          status={problem ? 'error' : ''}
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? 'login-problem' : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
        <FieldError id="login-problem" text={problem} ticks={wait > 0} />
      </div>
      <Button type="primary" htmlType="submit" block loading={login.isPending} disabled={wait > 0}>
        {t('setup:login.submit')}
      </Button>
      <p className="setup-hint">{t('setup:login.forgotten')}</p>
    </form>
  )
}

function useLoginProblem(error: unknown, wait: number): string | undefined {
  const { t } = useTranslation()
  const format = useFormat()
  if (!(error instanceof ApiError)) return undefined
  const { status } = error.problem
  if (status === 401) return t('setup:login.wrong')
  if (status === 429) return wait > 0 ? t('setup:login.wait', { time: format.duration(wait * 1000) }) : undefined
  return sentence(t, status)
}
