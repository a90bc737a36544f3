import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollectionOptions } from '@/api/options'

import { useWrong, type WidgetProps } from '../context'
import { hasReference } from '../paths'
import { Dynamic, TemplateInput } from '../TemplateInput'
import { AnyInput } from './any'
import { JsonField } from './json'
import { Add, NameInput, Remove } from './lists'
import { shared, textOf } from './texts'

type Pair = [name: string, value: unknown]

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** usePairs edits an object as lines, which may be unfinished: without a name, or with one that is there twice. */
function usePairs(value: unknown, onChange: (value: unknown) => void) {
  const given = isObject(value) ? Object.entries(value) : []
  const [unfinished, setUnfinished] = useState<Pair[] | null>(null)
  const pairs = unfinished ?? given
  const change = (next: Pair[]) => {
    const named = next.filter(([name]) => name !== '')
    setUnfinished(new Set(named.map(([name]) => name)).size === next.length ? null : next)
    onChange(named.length > 0 ? Object.fromEntries(named.map(([name, one]) => [name, one ?? ''])) : undefined)
  }
  return { pairs, change }
}

/** Names with values, a line each. */
export function KeyValueWidget({ schema, value, onChange, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const { pairs, change } = usePairs(value, onChange)
  const isWrong = useWrong(props.pointer)
  const texts = typeof schema.additionalProperties === 'object' && schema.additionalProperties.type === 'string'
  if (value !== undefined && !isObject(value) && !hasReference(value)) return <JsonField {...shared(props)} value={value} onChange={onChange} />
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange} given={pairs.length > 0}>
      <div className="form-stack grow">
        {pairs.map(([name, one], i) => (
          // Names change while they are typed: lines are known by where they stand.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className="form-line form-pair">
            <NameInput value={name} readOnly={props.readOnly} label={t('form:nameOf', { name: props.label, index: i + 1 })} placeholder={t('form:name')} onChange={(next) => change(pairs.with(i, [next, one]))} />
            <Value {...shared(props)} invalid={isWrong(name)} texts={texts} label={t('form:valueOf', { name: name || String(i + 1) })} value={one} onChange={(next) => change(pairs.with(i, [name, next]))} />
            {!props.readOnly && <Remove name={name || String(i + 1)} onClick={() => change(pairs.toSpliced(i, 1))} />}
          </div>
        ))}
        {!props.readOnly && <Add text={t('form:add')} of={props.label} onClick={() => change([...pairs, ['', '']])} />}
      </div>
    </Dynamic>
  )
}

function Value({ texts, value, onChange, ...props }: Omit<WidgetProps, 'schema' | 'pointer' | 'id' | 'parent'> & { texts: boolean }) {
  if (texts) return <TemplateInput {...shared(props)} value={textOf(value)} onChange={onChange} />
  return <AnyInput {...shared(props)} value={value} onChange={(next) => onChange(next ?? '')} />
}

/** Values by the fields of the collection chosen beside it. */
export function FieldmapWidget({ value, onChange, parent, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const collections = useCollectionOptions()
  const { pairs, change } = usePairs(value, onChange)
  const isWrong = useWrong(props.pointer)
  const fields = collections.data?.find(({ name }) => name === parent.collection)?.fields ?? []
  const taken = new Set(pairs.map(([name]) => name))
  if (value !== undefined && !isObject(value) && !hasReference(value)) return <JsonField {...shared(props)} value={value} onChange={onChange} />
  const missing = fields.filter(({ name, required, default: fallback }) => required && fallback === undefined && !taken.has(name))
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange} given={pairs.length > 0}>
      <div className="form-stack grow">
        {pairs.map(([name, one], i) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className="form-line form-pair">
            {fields.length > 0 ? (
              <Select
                showSearch className="mono" value={name || undefined} disabled={props.readOnly} aria-label={t('form:nameOf', { name: props.label, index: i + 1 })} placeholder={t('form:field')}
                popupMatchSelectWidth={false} status={name && !fields.some((field) => field.name === name) ? 'warning' : ''}
                options={fields.map((field) => ({ value: field.name, label: field.name, title: field.title, disabled: field.name !== name && taken.has(field.name) }))}
                onChange={(next: string) => change(pairs.with(i, [next, one]))}
              />
            ) : (
              <NameInput value={name} readOnly={props.readOnly} label={t('form:nameOf', { name: props.label, index: i + 1 })} placeholder={t('form:field')} onChange={(next) => change(pairs.with(i, [next, one]))} />
            )}
            <AnyInput {...shared(props)} invalid={isWrong(name)} label={t('form:valueOf', { name: name || String(i + 1) })} value={one} onChange={(next) => change(pairs.with(i, [name, next ?? '']))} />
            {!props.readOnly && <Remove name={name || String(i + 1)} onClick={() => change(pairs.toSpliced(i, 1))} />}
          </div>
        ))}
        {!props.readOnly && (
          <div className="row">
            <Add text={t('form:addField')} of={props.label} onClick={() => change([...pairs, ['', '']])} />
            {missing.length > 0 && <Add text={t('form:addRequired', { count: missing.length })} of={props.label} onClick={() => change([...pairs, ...missing.map(({ name }): Pair => [name, ''])])} />}
          </div>
        )}
      </div>
    </Dynamic>
  )
}
