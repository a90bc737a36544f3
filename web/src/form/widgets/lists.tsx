import { Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useWrong, type WidgetProps } from '../context'
import { hasReference } from '../paths'
import { Dynamic, TemplateInput } from '../TemplateInput'
import { useTitles } from '../titles'
import { numberOf } from './scalars'
import { shared, textOf } from './texts'

/** A list of texts, a line each. */
export function ListWidget({ schema, value, onChange, ...props }: WidgetProps) {
  const items = Array.isArray(value) ? value : []
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange} given={items.length > 0}>
      <Lines {...shared(props)} pointer={props.pointer} items={items} most={schema.maxItems} onChange={(next) => onChange(next.length > 0 ? next : undefined)} />
    </Dynamic>
  )
}

/** One text, or a list of them: a line each. */
export function OneOrMoreWidget({ value, onChange, ...props }: WidgetProps) {
  const items = Array.isArray(value) ? value : [value ?? '']
  const change = (next: unknown[]) => onChange(next.length > 1 ? next : next[0] === '' ? undefined : next[0])
  return <Lines {...shared(props)} pointer={props.pointer} items={items} onChange={change} least={1} />
}

type LinesProps = Pick<WidgetProps, 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'literal' | 'pointer'> & {
  items: unknown[]
  onChange: (items: unknown[]) => void
  least?: number
  most?: number
}

function Lines({ items, onChange, least = 0, most = Infinity, label, readOnly, pointer, ...props }: LinesProps) {
  const { t } = useTranslation()
  const isWrong = useWrong(pointer)
  return (
    <div className="form-stack grow">
      {items.map((item, i) => {
        const name = t('form:item', { name: label, index: i + 1 })
        return (
          // Lines have no names: they are known by where they stand.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className="form-line">
            <TemplateInput {...props} invalid={isWrong(i)} label={name} readOnly={readOnly} value={textOf(item)} autoFocus={item === '' && items.length > 1} onChange={(text) => onChange(items.with(i, text))} />
            {!readOnly && items.length > least && <Remove name={name} onClick={() => onChange(items.toSpliced(i, 1))} />}
          </div>
        )
      })}
      {!readOnly && items.length < most && <Add onClick={() => onChange([...items, ''])} text={t('form:add')} of={label} />}
    </div>
  )
}

/** The button that takes a line away. */
export function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="icon-button" aria-label={t('form:remove', { name })} title={t('form:remove', { name })} onClick={onClick}>
      <X size={14} aria-hidden />
    </button>
  )
}

/** The button that adds a line. */
export function Add({ text, of, onClick }: { text: string; of: string; onClick: () => void }) {
  return (
    <Button size="small" type="text" className="form-add" icon={<Plus size={13} aria-hidden />} onClick={onClick} aria-label={`${text}: ${of}`}>
      {text}
    </Button>
  )
}

/** Some of the values of an enumeration. */
export function MultiselectWidget({ schema, value, onChange, id, ...props }: WidgetProps) {
  const titles = useTitles()
  const fallback = Array.isArray(schema.default) ? schema.default : []
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Select
        id={id} mode="multiple" className="field-wide" value={Array.isArray(value) ? value.map(String) : []} disabled={props.readOnly} status={props.invalid ? 'error' : ''}
        options={(schema.items?.enum ?? []).map((one) => ({ value: String(one), label: titles.choice(one) }))} placeholder={fallback.map(titles.choice).join(', ')}
        aria-label={props.label} aria-describedby={props.describedBy} onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
      />
    </Dynamic>
  )
}

/** A list of numbers in one line. */
export function NumbersWidget({ value, onChange, id, ...props }: WidgetProps) {
  const { t } = useTranslation()
  if (hasReference(value)) return <TemplateInput {...shared(props)} value={value} onChange={onChange} />
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Select
        id={id} mode="tags" className="field-wide num" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '，', '、']} disabled={props.readOnly}
        value={Array.isArray(value) ? value.map(String) : []} placeholder={t('form:numbers')} aria-label={props.label} status={props.invalid ? 'error' : ''}
        onChange={(next: string[]) => onChange(next.length > 0 ? next.map(numberOf) : undefined)}
      />
    </Dynamic>
  )
}

/** A plain input for a name that is no template. */
export function NameInput({ value, onChange, label, readOnly, placeholder }: { value: string; onChange: (name: string) => void; label: string; readOnly: boolean; placeholder?: string }) {
  return <Input value={value} disabled={readOnly} aria-label={label} placeholder={placeholder} className="mono" onChange={(event) => onChange(event.target.value)} />
}
