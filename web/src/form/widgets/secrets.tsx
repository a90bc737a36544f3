import { Button, Input, Select } from 'antd'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useEnvOptions } from '@/api/options'
import { useMay } from '@/api/session'

import type { WidgetProps } from '../context'
import { parsePath, referencesOf } from '../paths'
import { TemplateInput } from '../TemplateInput'
import { Add, Remove } from './lists'
import { NewSecret } from './NewSecret'
import { shared, textOf } from './texts'

/** envName is the name of the secret that a text is, when it is nothing else. */
export function envName(text: string): string | null {
  const [only] = referencesOf(text)
  if (!only || only.from !== 0 || only.to !== text.length) return null
  const path = parsePath(only.path)
  return path?.root === '$env' && path.steps.length === 1 ? (path.steps[0] ?? null) : null
}

/** A value that nobody is shown again: a secret chosen by its name, which is what should stand in a config; or typed. */
export function SecretWidget({ value, onChange, id, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const text = textOf(value)
  const [typing, setTyping] = useState(text !== '' && envName(text) === null)
  return (
    <div className="form-stack grow">
      {typing ? <Typed {...props} id={id} text={text} onChange={onChange} /> : <Chosen {...props} id={id} text={text} onChange={onChange} />}
      {!props.readOnly && (
        <button type="button" className="form-link" onClick={() => setTyping(!typing)}>
          {t(typing ? 'form:secret.choose' : 'form:secret.type')}
        </button>
      )}
    </div>
  )
}

type SecretProps = Pick<WidgetProps, 'id' | 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'onChange' | 'literal'> & { text: string }

function Typed({ text, onChange, id, ...props }: SecretProps) {
  if (referencesOf(text).length > 0) return <TemplateInput {...shared(props)} value={text} onChange={onChange} />
  return (
    <Input.Password
      id={id} className="mono" value={text} disabled={props.readOnly} status={props.invalid ? 'error' : ''} autoComplete="new-password" aria-label={props.label}
      aria-describedby={props.describedBy} visibilityToggle={text !== '••••'} onChange={(event) => onChange(event.target.value || undefined)}
    />
  )
}

function Chosen({ text, onChange, id, label, readOnly, invalid, describedBy }: SecretProps) {
  const { t } = useTranslation()
  const env = useEnvOptions()
  const mayCreate = useMay('admin')
  const [creating, setCreating] = useState(false)
  const name = envName(text)
  const gone = name !== null && env.data !== undefined && !env.data.some((one) => one.name === name)
  const choose = (chosen: string | undefined) => onChange(chosen === undefined ? undefined : `{{$env.${chosen}}}`)
  return (
    <>
      <div className="form-line">
        <Select
          id={id} showSearch allowClear className="field-wide mono" value={name ?? undefined} disabled={readOnly} status={invalid ? 'error' : gone ? 'warning' : ''} aria-label={label} aria-describedby={describedBy}
          placeholder={t('form:secret.placeholder')} prefix={<KeyRound size={13} aria-hidden />} notFoundContent={t('form:secret.none')}
          options={env.data?.map((one) => ({ value: one.name, label: one.name })).toSorted((a, b) => a.value.localeCompare(b.value))} onChange={choose}
        />
        {mayCreate && !readOnly && (
          <Button icon={<Plus size={13} aria-hidden />} onClick={() => setCreating(!creating)} aria-expanded={creating}>
            {t('form:secret.new')}
          </Button>
        )}
      </div>
      {gone && <p className="field-hint field-warn">{t('form:missing', { name })}</p>}
      {creating && (
        <NewSecret
          onDone={(made) => {
            setCreating(false)
            if (made) choose(made)
          }}
        />
      )}
    </>
  )
}

/** Several secrets that are valid at once, while they are changed for new ones. */
export function SecretsWidget({ value, onChange, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const items = Array.isArray(value) ? value : []
  const change = (next: unknown[]) => onChange(next.length > 0 ? next : undefined)
  return (
    <div className="form-stack grow">
      {items.map((item, i) => {
        const label = t('form:item', { name: props.label, index: i + 1 })
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className="form-line">
            <SecretWidget {...props} id={`${props.id}-${i}`} label={label} value={item} onChange={(next) => change(items.with(i, next ?? ''))} />
            {!props.readOnly && <Remove name={label} onClick={() => change(items.toSpliced(i, 1))} />}
          </div>
        )
      })}
      {!props.readOnly && <Add text={t('form:add')} of={props.label} onClick={() => change([...items, ''])} />}
    </div>
  )
}
