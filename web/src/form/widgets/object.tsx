import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useForm, type WidgetProps } from '../context'
import { Fields } from '../Fields'
import { hasReference } from '../paths'
import { resolved, type Values } from '../plan'
import { Dynamic } from '../TemplateInput'
import { useTitles } from '../titles'
import { Add, Remove } from './lists'
import { shared } from './texts'

const valuesOf = (value: unknown): Values => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {})

/** An object: folded until it is opened or has values. */
export function ObjectWidget({ schema, value, onChange, pointer, label, literal, readOnly }: WidgetProps) {
  const { t } = useTranslation()
  const titles = useTitles()
  const { problems } = useForm()
  const wrong = problems.some((problem) => problem.pointer.startsWith(`${pointer}/`))
  const [asked, setAsked] = useState(value !== undefined)
  const open = asked || wrong
  if (hasReference(value)) return <Dynamic label={label} readOnly={readOnly} literal={literal} value={value} onChange={onChange}>{null}</Dynamic>
  const names = Object.keys(valuesOf(value))
  const change = (next: Values) => onChange(Object.keys(next).length > 0 ? next : undefined)
  return (
    <div className="form-object">
      <button type="button" className="form-fold" aria-expanded={open} onClick={() => setAsked(!open)}>
        <ChevronRight size={13} aria-hidden className={open ? 'form-turned' : ''} />
        <span className="cut muted">{names.length > 0 ? names.map((name) => titles.of(schema.properties?.[name] ?? {}, name)).join(', ') : t('form:notSet')}</span>
      </button>
      {open && (
        <div className="form-inside">
          <Fields schema={schema} value={valuesOf(value)} onChange={change} pointer={pointer} literal={literal} />
        </div>
      )}
    </div>
  )
}

/** A list of objects, each a small form. */
export function RowsWidget({ schema, value, onChange, pointer, label, literal, readOnly, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const { root } = useForm()
  const item = resolved(schema.items ?? {}, root)
  const items = Array.isArray(value) ? value : []
  return (
    <Dynamic {...shared({ ...props, label, readOnly, literal })} value={value} onChange={onChange} given={items.length > 0}>
      <div className="form-stack grow">
        {items.map((one, i) => {
          const name = t('form:item', { name: label, index: i + 1 })
          return (
            // oxlint-disable-next-line react/no-array-index-key
            <fieldset key={i} className="form-row" aria-label={name}>
              <div className="form-row-head">
                <span className="muted num grow">{i + 1}</span>
                {!readOnly && i > 0 && <Up name={name} onClick={() => onChange(items.with(i - 1, one).with(i, items[i - 1]))} />}
                {!readOnly && <Remove name={name} onClick={() => onChange(items.length > 1 ? items.toSpliced(i, 1) : undefined)} />}
              </div>
              <Fields schema={item} value={valuesOf(one)} onChange={(next) => onChange(items.with(i, next))} pointer={`${pointer}/${i}`} literal={literal} />
            </fieldset>
          )
        })}
        {!readOnly && items.length < (schema.maxItems ?? Infinity) && <Add text={t('form:add')} of={label} onClick={() => onChange([...items, {}])} />}
      </div>
    </Dynamic>
  )
}

function Up({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="icon-button" aria-label={t('form:up', { name })} title={t('form:up', { name })} onClick={onClick}>
      <ChevronRight size={14} aria-hidden style={{ transform: 'rotate(-90deg)' }} />
    </button>
  )
}
