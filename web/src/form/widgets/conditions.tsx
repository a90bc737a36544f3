import { Button, Select } from 'antd'
import { ListPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useCollectionOptions } from '@/api/options'

import { alone, blank, readCondition, sides, writeCondition, type Comparison, type Condition, type Group, type Names } from '../conditions'
import type { WidgetProps } from '../context'
import { hasReference } from '../paths'
import { TemplateInput } from '../TemplateInput'
import { AnyInput } from './any'
import { JsonField } from './json'
import { Add, NameInput, Remove } from './lists'
import { shared } from './texts'

const operators = [
  'equals', 'notEquals', 'gt', 'gte', 'lt', 'lte', 'contains', 'notContains', 'startsWith', 'endsWith', 'matches', 'in', 'notIn', 'empty', 'notEmpty', 'exists', 'isTrue', 'isFalse',
]

/** What all lines of a condition share. */
interface Setting {
  names: Names
  /** Of records: the fields that can be compared. */
  fields: string[]
  label: string
  readOnly: boolean
}

/** A condition on values: comparisons, and groups of them. */
export function ConditionWidget(props: WidgetProps) {
  return <Conditions {...props} setting={{ names: sides.condition, fields: [], label: props.label, readOnly: props.readOnly }} />
}

const ownFields = ['id', 'createdAt', 'updatedAt']

/** A filter on the records of the collection chosen beside it. */
export function FilterWidget(props: WidgetProps) {
  const collections = useCollectionOptions()
  const fields = collections.data?.find(({ name }) => name === props.parent.collection)?.fields?.map(({ name }) => name)
  return <Conditions {...props} setting={{ names: sides.filter, fields: fields ? [...fields, ...ownFields] : [], label: props.label, readOnly: props.readOnly }} />
}

function Conditions({ value, onChange, setting, ...props }: WidgetProps & { setting: Setting }) {
  const { t } = useTranslation()
  const { names, readOnly } = setting
  const empty = Object.keys(Object(value ?? {})).length === 0 && typeof value !== 'string'
  const change = (next: Condition | null) => onChange(next ? writeCondition(next, names) : undefined)
  if (hasReference(value)) return <TemplateInput {...shared(props)} value={value} onChange={(text) => onChange(text || undefined)} />
  if (empty) {
    return readOnly ? <span className="muted">{t('form:notSet')}</span> : <Add text={t('form:condition.add')} of={props.label} onClick={() => change(blank())} />
  }
  const condition = readCondition(value, names)
  if (!condition) return <JsonField {...shared(props)} value={value} onChange={onChange} />
  if (condition.kind === 'group') return <GroupOf group={condition} setting={setting} onChange={change} onRemove={() => change(null)} />
  const asGroup = (item: Condition): Group => ({ kind: 'group', mode: 'all', negated: false, items: [condition, item] })
  return (
    <div className="form-stack grow">
      <Line comparison={condition} setting={setting} index={1} onChange={change} onRemove={() => change(null)} />
      {!readOnly && <Adding setting={setting} onAdd={(item) => change(asGroup(item))} />}
    </div>
  )
}

const modes = ['all', 'any', 'not all', 'not any'] as const

function GroupOf({ group, setting, onChange, onRemove }: { group: Group; setting: Setting; onChange: (next: Condition) => void; onRemove: () => void }) {
  const { t } = useTranslation()
  const mode = `${group.negated ? 'not ' : ''}${group.mode}` as (typeof modes)[number]
  const withItems = (items: Condition[]) => (items.length > 0 ? onChange({ ...group, items }) : onRemove())
  return (
    <fieldset className="condition-group" aria-label={t('form:condition.group')}>
      <div className="row">
        <Select
          size="small" value={mode} disabled={setting.readOnly} aria-label={t('form:condition.mode')} popupMatchSelectWidth={false}
          options={modes.map((one) => ({ value: one, label: t(`form:condition.modes.${one.replace(' ', '_')}`) }))}
          onChange={(next: string) => onChange({ ...group, negated: next.startsWith('not'), mode: next.endsWith('all') ? 'all' : 'any' })}
        />
        <span className="grow" />
        {!setting.readOnly && <Remove name={t('form:condition.group')} onClick={onRemove} />}
      </div>
      {group.items.map((item, i) =>
        item.kind === 'group' ? (
          // oxlint-disable-next-line react/no-array-index-key
          <GroupOf key={i} group={item} setting={setting} onChange={(next) => withItems(group.items.with(i, next))} onRemove={() => withItems(group.items.toSpliced(i, 1))} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <Line key={i} comparison={item} index={i + 1} setting={setting} onChange={(next) => withItems(group.items.with(i, next))} onRemove={() => withItems(group.items.toSpliced(i, 1))} />
        ),
      )}
      {!setting.readOnly && <Adding setting={setting} onAdd={(item) => withItems([...group.items, item])} />}
    </fieldset>
  )
}

function Adding({ setting, onAdd }: { setting: Setting; onAdd: (item: Condition) => void }) {
  const { t } = useTranslation()
  return (
    <div className="row form-wrap">
      <Add text={t('form:condition.add')} of={setting.label} onClick={() => onAdd(blank())} />
      <Button size="small" type="text" className="form-add" icon={<ListPlus size={13} aria-hidden />} onClick={() => onAdd({ kind: 'group', mode: 'any', negated: false, items: [blank()] })}>
        {t('form:condition.addGroup')}
      </Button>
    </div>
  )
}

interface LineProps {
  comparison: Comparison
  setting: Setting
  index: number
  onChange: (next: Comparison) => void
  onRemove: () => void
}

function Line({ comparison, setting, index, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  const { left, op, right } = comparison
  const { readOnly } = setting
  const common = { readOnly, invalid: false, literal: false }
  return (
    <div className="condition-line">
      <div className="condition-left">
        <Left setting={setting} index={index} value={left} onChange={(next) => onChange({ ...comparison, left: next })} />
        {!readOnly && <Remove name={t('form:condition.line', { index })} onClick={onRemove} />}
      </div>
      <div className="condition-right">
        <Select
          value={op || undefined} disabled={readOnly} aria-label={t('form:condition.op', { index })} popupMatchSelectWidth={false} showSearch
          options={operators.map((one) => ({ value: one, label: t(`form:op.${one}`) }))} onChange={(next: string) => onChange({ ...comparison, op: next })}
        />
        {!alone.has(op) && <AnyInput {...common} label={t('form:condition.right', { index })} value={right} onChange={(next) => onChange({ ...comparison, right: next })} />}
      </div>
    </div>
  )
}

function Left({ setting, index, value, onChange }: { setting: Setting; index: number; value: unknown; onChange: (next: unknown) => void }) {
  const { t } = useTranslation()
  const label = t('form:condition.left', { index })
  if (setting.names.left === 'left') return <AnyInput readOnly={setting.readOnly} invalid={false} literal={false} label={label} value={value} onChange={onChange} />
  const name = typeof value === 'string' ? value : ''
  if (setting.fields.length === 0) return <NameInput value={name} label={label} readOnly={setting.readOnly} placeholder={t('form:field')} onChange={onChange} />
  return (
    <Select
      showSearch className="mono grow" value={name || undefined} disabled={setting.readOnly} aria-label={label} placeholder={t('form:field')}
      options={[...new Set([...setting.fields, ...(name ? [name] : [])])].map((one) => ({ value: one, label: one }))} onChange={onChange}
    />
  )
}
