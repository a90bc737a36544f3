import { Dropdown, Input, Segmented } from 'antd'
import { Braces, Hash, ToggleLeft, Type } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { WidgetProps } from '../context'
import { TemplateInput } from '../TemplateInput'
import { JsonField } from './json'
import { numberOf } from './scalars'
import { hintOf, shared, textOf } from './texts'

type Mode = 'text' | 'number' | 'boolean' | 'json'

const icons = { text: Type, number: Hash, boolean: ToggleLeft, json: Braces }

const modeOf = (value: unknown): Mode | null => {
  if (value === undefined) return null
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' || typeof value === 'boolean' ? typeof value === 'number' ? 'number' : 'boolean' : 'json'
}

export type AnyProps = Pick<WidgetProps, 'value' | 'onChange' | 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'literal'> & { placeholder?: string; id?: string }

/** A value of any type: a text with variables, unless another type is chosen at its left. */
export function AnyInput({ value, onChange, id, placeholder, ...props }: AnyProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Mode>('text')
  const mode = modeOf(value) ?? asked
  const change = (next: Mode) => {
    setAsked(next)
    onChange(converted(value, next))
  }
  const Icon = icons[mode]
  const name = t('form:typeOf', { name: props.label, type: t(`form:type.${mode}`) })
  return (
    <div className="any">
      <Dropdown
        trigger={['click']} disabled={props.readOnly}
        menu={{ selectable: true, selectedKeys: [mode], items: (['text', 'number', 'boolean', 'json'] as const).map((key) => ({ key, label: t(`form:type.${key}`), onClick: () => change(key) })) }}
      >
        <button type="button" className="any-type" aria-label={name} title={name} disabled={props.readOnly}>
          <Icon size={13} aria-hidden />
        </button>
      </Dropdown>
      <div className="grow">
        {mode === 'text' && <TemplateInput {...shared(props)} value={textOf(value)} placeholder={placeholder} onChange={(text) => onChange(text === '' ? undefined : text)} />}
        {mode === 'number' && (
          <Input
            id={id} className="num" inputMode="decimal" value={textOf(value)} disabled={props.readOnly} aria-label={props.label}
            onChange={(event) => onChange(numberOf(event.target.value))}
          />
        )}
        {mode === 'boolean' && (
          <Segmented
            disabled={props.readOnly} value={String(value ?? 'true')} options={['true', 'false']} aria-label={props.label}
            onChange={(next) => onChange(next === 'true')}
          />
        )}
        {mode === 'json' && <JsonField {...props} value={value} onChange={onChange} />}
      </div>
    </div>
  )
}

/** converted is a value as another type; what cannot be converted begins anew. */
function converted(value: unknown, to: Mode): unknown {
  if (to === 'boolean') return value === 'true'
  if (to === 'text') return value === undefined || value === null ? undefined : textOf(value)
  if (to === 'number') return typeof value === 'string' && Number.isFinite(Number(value)) && value.trim() !== '' ? Number(value) : undefined
  if (value === undefined || value === '') return undefined
  try {
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value
  } catch {
    return [value]
  }
}

/** A field of any type. */
export function AnyWidget({ schema, value, onChange, id, ...props }: WidgetProps) {
  return <AnyInput {...shared(props)} id={id} value={value} onChange={onChange} placeholder={hintOf(schema)} />
}
