import { Button, Input, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay } from '@/api/session'
import { useChannelChoice, useEnvNames, type TemplateNeed } from '@/api/templates'

import { randomSecret } from './secret'

interface Props {
  need: TemplateNeed
  value: string
  onChange: (value: string) => void
}

/** Asks for one thing that a template needs; all may be left for later. */
export function NeedField({ need, value, onChange }: Props) {
  const id = useId()
  const Control = need.kind === 'channel' ? ChannelControl : need.kind === 'secret' ? SecretControl : LinesControl
  return (
    <div className="workflows-field">
      <label htmlFor={id}>{need.title}</label>
      <Control id={id} need={need} value={value} onChange={onChange} />
      <span className="muted workflows-hint">{need.help}</span>
    </div>
  )
}

type ControlProps = Props & { id: string }

function ChannelControl({ id, need, value, onChange }: ControlProps) {
  const { t } = useTranslation()
  const channels = useChannelChoice()
  const fitting = (channels.data ?? []).filter((channel) => need.types?.includes(channel.type))
  return (
    <Select
      id={id}
      loading={channels.isPending}
      value={value}
      onChange={onChange}
      options={[{ value: '', label: t('workflows:template.later') }, ...fitting.map(({ key, title }) => ({ value: key, label: title || key }))]}
    />
  )
}

function SecretControl({ id, need, value, onChange }: ControlProps) {
  const { t } = useTranslation()
  const admin = useMay('admin')
  const known = useEnvNames().data?.has(need.name ?? '')
  if (known) return <p id={id}>{t('workflows:template.secretKnown', { name: need.name })}</p>
  if (!admin) return <p id={id}>{t('workflows:template.secretAdmin', { name: need.name })}</p>
  return (
    <div className="row">
      <Input.Password id={id} className="mono" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
      {!need.given && <Button onClick={() => onChange(randomSecret())}>{t('workflows:template.generate')}</Button>}
    </div>
  )
}

function LinesControl({ id, value, onChange }: ControlProps) {
  return <Input.TextArea id={id} className="mono" autoSize={{ minRows: 2, maxRows: 6 }} value={value} onChange={(event) => onChange(event.target.value)} />
}
