import { Tooltip } from 'antd'
import { CircleHelp } from 'lucide-react'
import { createElement, useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'

import { useForm } from './context'
import { kindOf } from './kind'
import { resolved, type Values } from './plan'
import { useTitles } from './titles'
import { widgetOf } from './widgets'

interface FieldProps {
  schema: Schema
  name: string
  required: boolean
  value: unknown
  onChange: (value: unknown) => void
  pointer: string
  parent: Values
  literal: boolean
  /** The label is shown elsewhere already. */
  bare?: boolean
}

/** A label, its help, the control for the value and what is wrong with it. */
export function Field({ schema: given, name, required, literal, bare = false, ...props }: FieldProps) {
  const titles = useTitles()
  const { root, readOnly } = useForm()
  const id = useId()
  const schema = resolved(given, root)
  const kind = kindOf(schema)
  const errors = useErrors(props.pointer, nests.has(kind))
  const label = titles.of(schema, name)
  const help = titles.help(schema)
  return (
    <div className={kind === 'switch' ? 'field field-row' : 'field'} role="group" aria-labelledby={label ? `${id}-label` : undefined}>
      {label && (
        <div className={bare ? 'sr-only' : 'field-label'}>
          <label id={`${id}-label`} htmlFor={id}>{label}</label>
          {required && <Required />}
          {help && !bare && <Help text={help} of={label} />}
        </div>
      )}
      <div className="field-control">
        {createElement(widgetOf(kind), {
          ...props, schema, id, label, readOnly, literal: literal || schema['x-literal'] === true, invalid: errors.length > 0,
          describedBy: errors.length > 0 ? `${id}-error` : undefined,
        })}
      </div>
      {errors.length > 0 && (
        <div className="field-error" id={`${id}-error`} role="alert">
          {errors.map((text) => <p key={text}>{text}</p>)}
        </div>
      )}
    </div>
  )
}

/** Widgets that show what is wrong inside themselves. */
const nests = new Set(['object', 'rows'])

function useErrors(pointer: string, nested: boolean): string[] {
  const { problems } = useForm()
  if (pointer === '') return []
  const own = problems.filter((problem) => problem.pointer === pointer || (!nested && problem.pointer.startsWith(`${pointer}/`)))
  return [...new Set(own.map(({ text }) => text))]
}

function Required() {
  const { t } = useTranslation()
  return (
    <span className="field-required" title={t('form:required')}>
      <span aria-hidden>*</span>
      <span className="sr-only">{t('form:required')}</span>
    </span>
  )
}

/** The help of a field, behind a button. */
export function Help({ text, of }: { text: string; of: string }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={text} trigger={['hover', 'focus', 'click']}>
      <button type="button" className="field-help" aria-label={`${t('form:helpOf', { name: of })}: ${text}`}>
        <CircleHelp size={13} aria-hidden />
      </button>
    </Tooltip>
  )
}
