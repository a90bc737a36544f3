import { Input, Select, Switch } from 'antd'

import type { WidgetProps } from '../context'
import { Dynamic } from '../TemplateInput'
import { useTitles } from '../titles'
import { hintOf, shared, textOf } from './texts'

/** A number; what is no number yet stays as typed, and the server says so. */
export function NumberWidget({ schema, value, onChange, id, ...props }: WidgetProps) {
  const change = (text: string) => onChange(numberOf(text))
  return (
    <Dynamic {...shared(props)} value={value} onChange={(next) => onChange(typeof next === 'string' ? numberOf(next) : next)}>
      <Input
        id={id} inputMode="decimal" className="num" value={textOf(value)} disabled={props.readOnly} status={props.invalid ? 'error' : ''} aria-describedby={props.describedBy}
        placeholder={hintOf(schema)} suffix={<Range schema={schema} />} onChange={(event) => change(event.target.value)}
      />
    </Dynamic>
  )
}

/** numberOf is the number that a text spells, or the text while it spells none. */
export function numberOf(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed) && String(Number(trimmed)) === trimmed ? Number(trimmed) : text
}

function Range({ schema: { minimum, maximum } }: Pick<WidgetProps, 'schema'>) {
  if (minimum === undefined && maximum === undefined) return null
  return <span className="muted num field-range" aria-hidden>{minimum === undefined ? `≤ ${maximum}` : maximum === undefined ? `≥ ${minimum}` : `${minimum}–${maximum}`}</span>
}

/** On or off. */
export function SwitchWidget({ schema, value, onChange, id, ...props }: WidgetProps) {
  const on = value ?? schema.default ?? false
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Switch id={id} size="small" checked={on === true} disabled={props.readOnly} aria-label={props.label} onChange={(next) => onChange(next === (schema.default ?? false) ? undefined : next)} />
    </Dynamic>
  )
}

/** One of some values. */
export function SelectWidget({ schema, value, onChange, id, ...props }: WidgetProps) {
  const titles = useTitles()
  const options = (schema.enum ?? []).map((one) => ({ value: String(one), label: titles.choice(one) }))
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Select
        id={id} className="field-wide" options={options} value={value === undefined ? undefined : String(value)} disabled={props.readOnly} status={props.invalid ? 'error' : ''}
        allowClear={value !== undefined && schema.default !== undefined} showSearch={options.length > 8} placeholder={schema.default === undefined ? '' : titles.choice(schema.default)}
        aria-label={props.label} aria-describedby={props.describedBy} onChange={(text: string | undefined) => onChange(schema.enum?.find((one) => String(one) === text))}
      />
    </Dynamic>
  )
}

/** A length of time, such as 10m. */
export function DurationWidget(props: WidgetProps) {
  return <WithUnits {...props} units={['ms', 's', 'm', 'h', 'd']} unit="s" />
}

/** A number of bytes, such as 5MiB. */
export function SizeWidget(props: WidgetProps) {
  return <WithUnits {...props} units={['B', 'KiB', 'MiB', 'GiB']} unit="MiB" />
}

/** A figure and its unit; what is written otherwise (1h30m) is edited as text. */
function WithUnits({ schema, value, onChange, id, units, unit, ...props }: WidgetProps & { units: string[]; unit: string }) {
  const titles = useTitles()
  const text = textOf(value)
  const parts = splitUnit(text || textOf(schema.default), units)
  const shown = parts?.unit ?? unit
  const change = (figure: string, of: string) => onChange(figure.trim() === '' ? undefined : /^\d+(\.\d+)?$/.test(figure.trim()) ? `${figure.trim()}${of}` : figure)
  const plain = text === '' || parts !== null
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <div className="field-units">
        <Input
          id={id} className="num" value={plain ? (text && parts?.figure) : text} disabled={props.readOnly} status={props.invalid ? 'error' : ''} aria-describedby={props.describedBy}
          placeholder={schema.default === undefined ? '' : (parts?.figure ?? '')} onChange={(event) => change(event.target.value, shown)}
        />
        {plain && (
          <Select
            value={shown} disabled={props.readOnly} aria-label={titles.unitOf(props.label)} popupMatchSelectWidth={false}
            options={units.map((one) => ({ value: one, label: titles.unit(one) }))} onChange={(next: string) => parts && change(parts.figure, next)}
          />
        )}
      </div>
    </Dynamic>
  )
}

/** splitUnit takes a figure and its unit apart; a bare number has the unit that the server gives it. */
export function splitUnit(text: string, units: string[]): { figure: string; unit: string } | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text.trim())
  if (!match) return null
  const unit = match[2] || (units[0] === 'B' ? 'B' : 's')
  return units.includes(unit) ? { figure: match[1] ?? '', unit } : null
}

/** A moment, kept in UTC and shown in local time. */
export function DatetimeWidget({ value, onChange, id, ...props }: WidgetProps) {
  const date = typeof value === 'string' ? new Date(value) : null
  const local = date && !Number.isNaN(date.getTime()) ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19) : ''
  const change = (text: string) => {
    const chosen = new Date(text)
    onChange(text === '' || Number.isNaN(chosen.getTime()) ? undefined : chosen.toISOString().replace('.000Z', 'Z'))
  }
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Input
        id={id} type="datetime-local" step={1} className="num" value={local} disabled={props.readOnly} status={props.invalid ? 'error' : ''} aria-describedby={props.describedBy}
        onChange={(event) => change(event.target.value)}
      />
    </Dynamic>
  )
}
