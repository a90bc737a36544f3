import { Segmented } from 'antd'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'

import { useForm } from './context'
import { Field, Help } from './Field'
import { chosen, namesOf, planOf, withField, without, type Alternative, type Entry, type Values } from './plan'
import { useTitles } from './titles'

interface FieldsProps {
  schema: Schema
  value: Values
  onChange: (next: Values) => void
  pointer: string
  literal: boolean
  only?: readonly string[]
  except?: readonly string[]
}

/** The fields of an object, with those that are rarely needed folded. */
export function Fields({ only, except, ...props }: FieldsProps) {
  const { t } = useTranslation()
  const { entries, more } = planOf(props.schema, props.value, { only, except })
  const given = more.flatMap(namesOf).filter((name) => props.value[name] !== undefined)
  const wrong = useProblemsBelow(props.pointer, more.flatMap(namesOf))
  const [asked, setAsked] = useState(given.length > 0)
  const open = asked || wrong
  return (
    <div className="form">
      <Entries {...props} entries={entries} />
      {more.length > 0 && (
        <button type="button" className="form-more" aria-expanded={open} onClick={() => setAsked(!open)}>
          <ChevronRight size={14} aria-hidden className={open ? 'form-turned' : ''} />
          {t('form:more')}
          {!open && given.length > 0 && <span className="muted num">{given.length}</span>}
        </button>
      )}
      {open && more.length > 0 && <Entries {...props} entries={more} />}
    </div>
  )
}

function useProblemsBelow(pointer: string, names: string[]) {
  const { problems } = useForm()
  return problems.some((problem) => names.some((name) => `${problem.pointer}/`.startsWith(`${pointer}/${name}/`)))
}

const Entries = ({ entries, ...props }: FieldsProps & { entries: Entry[]; bare?: boolean }) => entries.map((entry) => <One key={namesOf(entry).join()} entry={entry} {...props} />)

function One({ entry, bare, ...props }: FieldsProps & { entry: Entry; bare?: boolean }) {
  const { value, onChange, pointer, literal, schema } = props
  if (entry.kind === 'choice') return <Choice alternatives={entry.alternatives} {...props} />
  if (entry.kind === 'field') {
    return (
      <Field
        schema={entry.schema} name={entry.name} required={entry.required} value={value[entry.name]} parent={value} literal={literal} bare={bare}
        pointer={`${pointer}/${entry.name}`} onChange={(next) => onChange(withField(value, entry.name, next))}
      />
    )
  }
  const own = Object.fromEntries(entry.names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]))
  return (
    <Field
      schema={{ 'x-ui': entry.widget, properties: schema.properties }} name="" required={entry.required} value={own} parent={value} literal={literal} pointer={pointer}
      onChange={(next) => onChange({ ...without(value, entry.names), ...(typeof next === 'object' && next) })}
    />
  )
}

/** One of several ways to say something: another one takes away what the first said. */
function Choice({ alternatives, ...props }: FieldsProps & { alternatives: Alternative[] }) {
  const titles = useTitles()
  const { t } = useTranslation()
  const { readOnly } = useForm()
  const fromValues = chosen(alternatives, props.value)
  const [asked, setAsked] = useState(fromValues)
  const hasValues = alternatives.some(({ names }) => names.some((name) => props.value[name] !== undefined))
  const shown = alternatives.find(({ name }) => name === (hasValues ? fromValues : asked)) ?? alternatives[0]
  if (!shown) return null
  const only = shown.entries.length === 1 && shown.entries[0]?.kind === 'field' && alternatives.length > 1 ? shown.entries[0] : undefined
  const change = (name: string) => {
    setAsked(name)
    if (hasValues) props.onChange(without(props.value, alternatives.filter((one) => one.name !== name).flatMap(({ names }) => names)))
  }
  return (
    <div className="form-choice">
      {alternatives.length > 1 && (
        <div className="form-choice-head">
          <Segmented
            size="small" value={shown.name} disabled={readOnly} onChange={change} aria-label={t('form:choose')}
            options={alternatives.map((one) => ({ value: one.name, label: titles.of(one) }))}
          />
          {only && titles.help(only.schema) && <Help text={titles.help(only.schema)} of={titles.of(shown)} />}
        </div>
      )}
      <div className="form">
        <Entries {...props} entries={shown.entries} bare={only !== undefined} />
      </div>
    </div>
  )
}
