import { App, Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useMe } from '@/api/session'
import { useChangePassword, useEndSession, useSessions, type Session } from '@/api/users'
import { Failure, problemAt } from '@/components/Failure'
import { Time } from '@/components/Time'

import { Facts, Field, Loaded, Section, Table } from '../parts'
import { browserOf } from './browser'
import { minPassword } from './roles'

/** Who is logged in: the password, and where else. */
export function AccountSection() {
  const { t } = useTranslation()
  const me = useMe().data
  if (!me) return null
  return (
    <>
      <Section>
        <Facts
          items={[
            [t('settings:users.email'), me.name],
            [t('settings:users.role'), `${t(`settings:role.${me.role}`)} – ${t(`settings:roleText.${me.role}`)}`],
          ]}
        />
      </Section>
      {me.type === 'user' && <Password email={me.name} />}
      {me.type === 'user' && <Sessions />}
    </>
  )
}

function Password({ email }: { email: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const change = useChangePassword()
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const wrong = change.error instanceof ApiError && [401, 403].includes(change.error.problem.status) ? t('settings:account.wrong') : undefined
  const done = () => {
    setCurrent('')
    setPassword('')
    void message.success(t('settings:account.changed'))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ currentPassword, password }, { onSuccess: done })
  }
  return (
    <Section title={t('settings:account.password')} text={t('settings:account.passwordText')}>
      <form className="panel settings-pad settings-form settings-narrow" onSubmit={submit}>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field label={t('settings:account.current')} error={wrong ?? problemAt(change.error, '/currentPassword')}>
          {(aria) => <Input.Password {...aria} autoComplete="current-password" value={currentPassword} onChange={(event) => setCurrent(event.target.value)} />}
        </Field>
        <Field label={t('settings:account.new')} hint={t('settings:account.rule', { count: minPassword })} error={problemAt(change.error, '/password')}>
          {(aria) => <Input.Password {...aria} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />}
        </Field>
        {!wrong && <Failure error={change.error} shown={['/currentPassword', '/password']} />}
        <div>
          <Button type="primary" htmlType="submit" loading={change.isPending} disabled={!currentPassword || [...password].length < minPassword}>
            {t('settings:account.change')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const sessions = useSessions()
  const end = useEndSession()
  const others = (sessions.data?.length ?? 0) > 1
  return (
    <Section
      title={t('settings:account.sessions')}
      text={t('settings:account.sessionsText')}
      action={
        others && (
          <Button loading={end.isPending && end.variables === null} onClick={() => end.mutate(null)}>
            {t('settings:account.endOthers')}
          </Button>
        )
      }
    >
      <Failure error={end.error} />
      <Loaded query={sessions}>
        {(all) => (
          <Table label={t('settings:account.sessions')} columns={[t('settings:account.browser'), t('settings:account.address'), t('settings:account.lastUsed'), t('settings:account.until'), null]}>
            {all.map((one) => (
              <SessionRow key={one.id} session={one} pending={end.isPending && end.variables === one.id} onEnd={() => end.mutate(one.id)} />
            ))}
          </Table>
        )}
      </Loaded>
    </Section>
  )
}

function SessionRow({ session, pending, onEnd }: { session: Session; pending: boolean; onEnd: () => void }) {
  const { t } = useTranslation()
  const { userAgent, ip, lastUsedAt, expiresAt, current } = session
  return (
    <tr>
      <td>
        <span title={userAgent}>{browserOf(userAgent) || userAgent || t('settings:account.unknown')}</span>
        {current && <span className="settings-chip settings-after">{t('settings:account.this')}</span>}
      </td>
      <td className="mono settings-break">{ip}</td>
      <td className="muted settings-nowrap">
        <Time at={lastUsedAt} as="ago" />
      </td>
      <td className="muted settings-nowrap">
        <Time at={expiresAt} as="ago" />
      </td>
      <td className="settings-actions">
        {!current && (
          <Button size="small" loading={pending} aria-label={t('settings:account.endNamed', { name: browserOf(userAgent) || ip })} onClick={onEnd}>
            {t('settings:account.end')}
          </Button>
        )}
      </td>
    </tr>
  )
}
