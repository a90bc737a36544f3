import { Button, Checkbox, Input, Select } from 'antd'
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, RotateCcw, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { FieldIcon } from '../FieldName'
import { fieldTypes, isIndexable, isMany } from '../types'
import { blankField, shifted, type DraftField } from './draft'
import { FieldOptions } from './FieldOptions'

interface Props {
  /** The table's name; "" while it is new. */
  collection: string
  fields: DraftField[]
  onChange: (fields: DraftField[]) => void
  /** What is wrong, by key of the row. */
  problems: Record<string, string>
}

/** The fields of a table: added, named, typed, put in order, taken away. */
export function FieldsEditor({ collection, fields, onChange, problems }: Props) {
  const { t } = useTranslation()
  const put = (next: DraftField) => onChange(fields.map((field) => (field.key === next.key ? next : field)))
  const remove = (field: DraftField) => (field.id ? put({ ...field, removed: !field.removed }) : onChange(fields.filter(({ key }) => key !== field.key)))
  return (
    <div className="collections-fields">
      <ol aria-label={t('collections:schema.fields')}>
        {fields.map((field, index) => (
          <FieldRow
            key={field.key}
            collection={collection}
            field={field}
            problem={problems[field.key] ?? ''}
            first={index === 0}
            last={index === fields.length - 1}
            onChange={put}
            onMove={(by) => onChange(shifted(fields, index, by))}
            onRemove={() => remove(field)}
          />
        ))}
      </ol>
      <Button icon={<Plus size={14} />} onClick={() => onChange([...fields, blankField()])}>
        {t('collections:schema.add')}
      </Button>
    </div>
  )
}

interface RowProps {
  collection: string
  field: DraftField
  problem: string
  first: boolean
  last: boolean
  onChange: (field: DraftField) => void
  onMove: (by: number) => void
  onRemove: () => void
}

function FieldRow({ collection, field, problem, first, last, onChange, onMove, onRemove }: RowProps) {
  const { t } = useTranslation()
  const needsMore = field.type === 'select' || field.type === 'relation'
  const [open, setOpen] = useState(needsMore && !field.id)
  const put = (part: Partial<DraftField>) => onChange({ ...field, ...part })
  const name = field.name || t('collections:schema.unnamed')
  if (field.removed) return <Removed name={name} onKeep={onRemove} />
  return (
    <li className="collections-fieldrow" data-wrong={problem !== '' || undefined}>
      <div className="collections-fieldline">
        <span className="collections-order">
          <IconButton label={t('collections:schema.up', { name })} disabled={first} onClick={() => onMove(-1)}><ArrowUp size={13} /></IconButton>
          <IconButton label={t('collections:schema.down', { name })} disabled={last} onClick={() => onMove(1)}><ArrowDown size={13} /></IconButton>
        </span>
        <Input
          className="mono" aria-label={t('collections:schema.name')} placeholder={t('collections:schema.name')} autoFocus={!field.id && !field.name} maxLength={63}
          status={problem ? 'error' : ''} aria-invalid={problem !== ''} aria-describedby={`${field.key}-problem`}
          value={field.name} onChange={(event) => put({ name: event.target.value })}
        />
        <Input aria-label={t('collections:schema.title')} placeholder={t('collections:schema.title')} value={field.title ?? ''} onChange={(event) => put({ title: event.target.value })} />
        <Select
          aria-label={t('collections:schema.type')}
          listHeight={520}
          value={field.type}
          onChange={(type) => (put({ type, options: {}, fallback: '' }), setOpen(type === 'select' || type === 'relation' || open))}
          options={fieldTypes.map((type) => ({ value: type, label: t(`collections:type.${type}`) }))}
          optionRender={typeOption}
        />
        <Flags field={field} onChange={put} />
        <IconButton label={t(open ? 'collections:schema.less' : 'collections:schema.more', { name })} expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown size={15} /> : <ChevronRight size={15} />}
        </IconButton>
        <IconButton label={t('collections:schema.remove', { name })} onClick={onRemove}><Trash2 size={14} /></IconButton>
      </div>
      <div id={`${field.key}-problem`} role="alert" className="collections-wrong">{problem}</div>
      {open && <FieldOptions collection={collection} field={field} onChange={put} />}
    </li>
  )
}

const typeOption = ({ value, label }: { value?: unknown; label?: ReactNode }) => <span className="row"><FieldIcon type={String(value)} />{label}</span>

function Flags({ field, onChange }: { field: DraftField; onChange: (part: Partial<DraftField>) => void }) {
  const { t } = useTranslation()
  const many = isMany(field)
  const ordered = isIndexable({ ...field, default: undefined })
  return (
    <span className="collections-flags">
      <Checkbox disabled={many} checked={!many && Boolean(field.required)} onChange={(event) => onChange({ required: event.target.checked })}>{t('collections:schema.required')}</Checkbox>
      <Checkbox disabled={!ordered} checked={ordered && Boolean(field.unique)} onChange={(event) => onChange({ unique: event.target.checked })}>{t('collections:schema.unique')}</Checkbox>
      <Checkbox
        disabled={!ordered || Boolean(field.unique)} title={t('collections:schema.indexHelp')} checked={ordered && Boolean(field.index || field.unique)}
        onChange={(event) => onChange({ index: event.target.checked })}
      >
        {t('collections:schema.index')}
      </Checkbox>
    </span>
  )
}

function Removed({ name, onKeep }: { name: string; onKeep: () => void }) {
  const { t } = useTranslation()
  return (
    <li className="collections-fieldrow collections-removed row">
      <Trash2 size={13} aria-hidden />
      <span className="grow"><s className="mono">{name}</s> {t('collections:schema.removed')}</span>
      <Button size="small" icon={<RotateCcw size={13} />} onClick={onKeep}>{t('collections:schema.keep')}</Button>
    </li>
  )
}

function IconButton({ label, disabled, expanded, onClick, children }: { label: string; disabled?: boolean; expanded?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} aria-expanded={expanded} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  )
}
