import { Button, Input } from 'antd'
import { CircleCheck, CircleX, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ChannelType } from '@/api/catalogue'
import { useTestChannel, type Channel, type ChannelAnswer } from '@/api/channels'
import { Failure, problemAt } from '@/components/Failure'
import { useFormat } from '@/components/format'
import { JsonView } from '@/components/json/JsonView'

import { Field } from '../parts'

/** Sends a message through a channel and shows what the provider answers. */
export function TestPanel({ channel, type }: { channel: Channel; type: ChannelType }) {
  const { t } = useTranslation()
  const test = useTestChannel()
  const [to, setTo] = useState('')
  const [template, setTemplate] = useState('')
  const needs = (name: string) => type.needs.includes(name)
  const recipients = to.split(/[\s,;，；]+/).filter(Boolean)
  const ready = (!needs('to') || recipients.length > 0) && (!needs('template') || template !== '')
  const send = () => test.mutate({ key: channel.key, message: { ...(recipients.length > 0 && { to: recipients }), ...(template && { template }) } })
  return (
    <form className="settings-form" onSubmit={(event) => (event.preventDefault(), ready && send())}>
      {needs('to') && (
        <Field label={t('settings:channels.to')} hint={t('settings:channels.toHint')} error={problemAt(test.error, '/to')}>
          {(aria) => <Input {...aria} value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      )}
      {needs('template') && (
        <Field label={t('settings:channels.template')} error={problemAt(test.error, '/template')}>
          {(aria) => <Input {...aria} className="mono" value={template} onChange={(event) => setTemplate(event.target.value.trim())} />}
        </Field>
      )}
      <div>
        <Button htmlType="submit" icon={<Send size={13} aria-hidden />} loading={test.isPending} disabled={!ready}>
          {t('settings:channels.send')}
        </Button>
      </div>
      <Failure error={test.error} shown={['/to', '/template']} />
      {test.data && <Answer answer={test.data} />}
    </form>
  )
}

function Answer({ answer: { ok, status, body, error, durationMs } }: { answer: ChannelAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div role="status" className="settings-stack settings-gap">
      <p className={ok ? 'row settings-ok' : 'row settings-bad'}>
        {ok ? <CircleCheck size={15} aria-hidden /> : <CircleX size={15} aria-hidden />}
        <strong>{t(ok ? 'settings:channels.taken' : 'settings:channels.refused')}</strong>
        <span className="muted num">{[status || null, format.duration(durationMs)].filter(Boolean).join(' · ')}</span>
      </p>
      {error && <p className="settings-break">{error}</p>}
      {body !== null && body !== undefined && (
        <>
          <h3>{t('settings:channels.answer')}</h3>
          {typeof body === 'string' ? <pre className="settings-raw">{body}</pre> : <JsonView value={body} label={t('settings:channels.answer')} maxHeight={260} />}
        </>
      )}
    </div>
  )
}
