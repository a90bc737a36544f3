import { Button, Input, Select } from 'antd'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useIPSets, useIPTest } from '@/api/endpoint'
import { Failure } from '@/components/Failure'

import { save } from '../save'
import { useEditor } from '../store'
import type { StepProps } from './Configure'
import { setTrigger } from './config'
import { Fold } from './Fold'
import { Labelled } from './Labelled'

const lists = ['allowIPs', 'denyIPs'] as const

/** Which addresses may call, and a try of one. */
export function Addresses({ config, problems, readOnly }: Pick<StepProps, 'config' | 'problems' | 'readOnly'>) {
  const { t } = useTranslation()
  const used = lists.some((name) => config[name] !== undefined)
  return (
    <Fold label={t('trigger:ip.title')} open={used}>
      <p className="muted trg-small">
        {t('trigger:ip.help')}{' '}
        <Link to="/settings/$section" params={{ section: 'addresses' }}>
          {t('trigger:ip.sets')}
        </Link>
      </p>
      {lists.map((name) => (
        <List key={name} name={name} value={config[name]} errors={problems.filter(({ pointer }) => pointer.startsWith(`/${name}`)).map(({ text }) => text)} readOnly={readOnly} />
      ))}
      {used && !readOnly && <Try />}
    </Fold>
  )
}

function List({ name, value, errors, readOnly }: { name: (typeof lists)[number]; value: unknown; errors: string[]; readOnly: boolean }) {
  const { t } = useTranslation()
  const id = useId()
  const { data: sets = [] } = useIPSets()
  return (
    <Labelled label={t(`trigger:ip.${name}`)} id={id}>
      <Select
        id={id}
        mode="tags"
        className="mono"
        disabled={readOnly}
        tokenSeparators={[',', ' ', '\n']}
        status={errors.length > 0 ? 'error' : undefined}
        placeholder={t('trigger:ip.placeholder')}
        value={Array.isArray(value) ? value.map(String) : []}
        options={sets.map((set) => ({ value: `@${set.name}`, label: `@${set.name}` }))}
        onChange={(next: string[]) => setTrigger(name, { [name]: next.map((one) => one.trim()).filter(Boolean) })}
      />
      {errors.map((text) => (
        <p key={text} className="ed-error">
          {text}
        </p>
      ))}
    </Labelled>
  )
}

function Try() {
  const { t } = useTranslation()
  const id = useId()
  const key = useEditor((editor) => editor.key)
  const [address, setAddress] = useState('')
  const test = useIPTest(key)
  const ask = () => void save().then(() => test.mutate(address.trim()))
  const verdict = test.data
  const published = useEditor((editor) => editor.meta.revision > 0)
  return (
    <Labelled label={t('trigger:ip.try')} id={id}>
      <div className="row">
        <Input id={id} className="mono" value={address} placeholder="203.0.113.7" onChange={({ target }) => setAddress(target.value)} onPressEnter={ask} />
        <Button disabled={address.trim() === ''} loading={test.isPending} onClick={ask}>
          {t('trigger:ip.ask')}
        </Button>
      </div>
      {published && <p className="muted trg-small">{t('trigger:ip.published')}</p>}
      <Failure error={test.error} />
      {verdict && (
        <p role="status" className={verdict.allowed ? 'trg-ok' : 'ed-error'}>
          {t(verdict.allowed ? 'trigger:ip.allowed' : 'trigger:ip.denied', { address: verdict.address })} <span className="muted">{verdict.rule}</span>
        </p>
      )}
    </Labelled>
  )
}
