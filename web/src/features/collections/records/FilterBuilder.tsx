import { Button, Segmented, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'

import { useFieldTitle } from '../FieldName'
import { filterable, isGroup, operands, operatorsOf, type Condition, type Group } from '../filter'
import { FieldInput } from './FieldInput'

interface Props {
  group: Group
  fields: readonly Field[]
  onChange: (group: Group) => void
  /** How deep the group stands in others. */
  depth?: number
}

const deepest = 2

/** Conditions put together: all or any of them, in groups too. */
export function FilterBuilder({ group, fields, onChange, depth = 0 }: Props) {
  const { t } = useTranslation()
  const known = filterable(fields)
  const put = (index: number, item?: Condition | Group) => onChange({ ...group, items: group.items.flatMap((old, at) => (at === index ? (item ?? []) : old)) })
  const add = (item: Condition | Group) => onChange({ ...group, items: [...group.items, item] })
  const first = known[0]
  const blank: Condition = { field: first?.name ?? '', op: first ? (operatorsOf(first)[0] ?? '') : '', values: [] }
  return (
    <div className="collections-filter" data-depth={depth} role="group" aria-label={t(`collections:filter.${group.join}`)}>
      {group.items.length > 1 && (
        <Segmented<Group['join']>
          size="small"
          aria-label={t('collections:filter.join')}
          value={group.join}
          onChange={(join) => onChange({ ...group, join })}
          options={[
            { value: 'all', label: t('collections:filter.all') },
            { value: 'any', label: t('collections:filter.any') },
          ]}
        />
      )}
      {group.items.map((item, index) => (
        // Conditions have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="collections-filter-row">
          {isGroup(item) ? (
            <FilterBuilder group={item} fields={fields} depth={depth + 1} onChange={(next) => put(index, next)} />
          ) : (
            <ConditionRow condition={item} fields={known} onChange={(next) => put(index, next)} />
          )}
          <button type="button" className="icon-button" aria-label={t('collections:filter.remove')} title={t('collections:filter.remove')} onClick={() => put(index)}>
            <Trash2 size={14} />
          </button>
        </div>
      ))}
      <div className="row">
        <Button size="small" icon={<Plus size={13} />} onClick={() => add(blank)}>
          {t('collections:filter.add')}
        </Button>
        {depth < deepest && group.items.length > 0 && (
          <Button size="small" type="text" onClick={() => add({ join: group.join === 'all' ? 'any' : 'all', items: [blank] })}>
            {t('collections:filter.group')}
          </Button>
        )}
      </div>
    </div>
  )
}

function ConditionRow({ condition, fields, onChange }: { condition: Condition; fields: Field[]; onChange: (next: Condition) => void }) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  const field = fields.find(({ name }) => name === condition.field)
  const offered = field ? operatorsOf(field) : []
  const operators = offered.includes(condition.op) ? offered : [condition.op, ...offered]
  const choose = (name: string) => {
    const next = fields.find((other) => other.name === name)
    const kept = next && next.type === field?.type
    onChange({ field: name, op: kept ? condition.op : next ? (operatorsOf(next)[0] ?? '') : '', values: kept ? condition.values : [] })
  }
  return (
    <div className="collections-condition">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('collections:filter.field')}
        value={condition.field}
        onChange={choose}
        options={fields.map((one) => ({ value: one.name, label: titleOf(one) }))}
      />
      <Select
        aria-label={t('collections:filter.op')}
        value={condition.op}
        onChange={(op) => onChange({ ...condition, op, values: operands(op) === 'list' ? condition.values : condition.values.slice(0, 1) })}
        options={operators.map((op) => ({ value: op, label: t(`collections:op.${op}`) }))}
      />
      {field && <Operand condition={condition} field={field} onChange={(values) => onChange({ ...condition, values })} />}
    </div>
  )
}

function Operand({ condition: { op, values }, field, onChange }: { condition: Condition; field: Field; onChange: (values: string[]) => void }) {
  const { t } = useTranslation()
  const label = t('collections:filter.value')
  switch (operands(op)) {
    case 'none':
      return null
    case 'list':
      return (
        <Select
          mode="tags"
          aria-label={label}
          placeholder={t('collections:filter.list')}
          tokenSeparators={[',', '\n']}
          value={values}
          onChange={onChange}
          options={(field.options?.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
        />
      )
    case 'one':
      return <FieldInput field={{ ...field, required: false }} value={values[0] ?? ''} onChange={(value) => onChange([value])} label={label} />
  }
}
