import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { WidgetProps } from '../context'
import { TemplateInput } from '../TemplateInput'
import { JsonField } from './json'
import { shared, textOf } from './texts'

/** A body: JSON, or a text as it is. */
export function BodyWidget({ value, onChange, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<'json' | 'text'>('json')
  const mode = value === undefined ? asked : typeof value === 'string' ? 'text' : 'json'
  const change = (next: 'json' | 'text') => {
    setAsked(next)
    if (value !== undefined) onChange(next === 'text' ? JSON.stringify(value, null, 2) : parsed(textOf(value)))
  }
  return (
    <div className="form-stack">
      <Segmented size="small" value={mode} disabled={props.readOnly} aria-label={t('form:typeOf', { name: props.label, type: '' })} onChange={change} options={[{ value: 'json', label: t('form:type.json') }, { value: 'text', label: t('form:type.text') }]} />
      {mode === 'json' ? (
        <JsonField {...shared(props)} value={value} onChange={onChange} least={5} />
      ) : (
        <TemplateInput {...shared(props)} value={textOf(value)} multiline onChange={(text) => onChange(text === '' ? undefined : text)} />
      )}
    </div>
  )
}

/** parsed is what a text is as JSON; one that is none begins anew as an object with it inside. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? { value } : value
  } catch {
    return { value: text }
  }
}
