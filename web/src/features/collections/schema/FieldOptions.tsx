import { Input, InputNumber, Select } from 'antd'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useCollection, useCollections } from '@/api/collections'

import { FieldInput } from '../records/FieldInput'
import { isMany } from '../types'
import type { DraftField } from './draft'

interface Props {
  collection: string
  field: DraftField
  onChange: (part: Partial<DraftField>) => void
}

/** What only some types of field have, and the default. */
export function FieldOptions({ collection, field, onChange }: Props) {
  const { t } = useTranslation()
  const set = (options: DraftField['options']) => onChange({ options: { ...field.options, ...options } })
  const plain = { ...field, default: undefined, required: false }
  return (
    <div className="collections-options">
      {field.type === 'select' && (
        <Option label={t('collections:schema.choices')}>
          {(id) => (
            <Select
              id={id} mode="tags" tokenSeparators={[',', '\n']} placeholder={t('collections:schema.choicesHint')}
              value={field.options?.choices ?? []} onChange={(choices: string[]) => set({ choices })} open={false} suffixIcon={null}
            />
          )}
        </Option>
      )}
      {field.type === 'string' && (
        <Option label={t('collections:schema.maxLength')}>
          {(id) => <InputNumber id={id} min={1} max={10_000} placeholder="255" value={field.options?.maxLength || null} onChange={(value) => set({ maxLength: value ?? undefined })} />}
        </Option>
      )}
      {field.type === 'relation' && <Relation collection={collection} field={field} onChange={onChange} onOptions={set} />}
      {!isMany(field) && !['file', 'relation'].includes(field.type) && (
        <Option label={t('collections:schema.default')}>
          {(id) =>
            field.type === 'json' || field.type === 'text' ? (
              <Input.TextArea id={id} className={field.type === 'json' ? 'mono' : undefined} autoSize={{ maxRows: 6 }} value={field.fallback} onChange={(event) => onChange({ fallback: event.target.value })} />
            ) : (
              <FieldInput id={id} field={plain} label={t('collections:schema.default')} value={field.fallback} onChange={(fallback) => onChange({ fallback })} />
            )
          }
        </Option>
      )}
    </div>
  )
}

function Option({ label, help, children }: { label: string; help?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="collections-option">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <small className="muted">{help}</small>}
    </div>
  )
}

function Relation({ collection, field, onChange, onOptions }: Props & { onOptions: (options: DraftField['options']) => void }) {
  const { t } = useTranslation()
  const tables = useCollections().data ?? []
  const target = field.options?.collection ?? ''
  const back = useCollection(target)
  const many = isMany(field)
  const ways = (target && back.data ? back.data.fields : []).filter((other) => other.type === 'relation' && !isMany(other) && other.options?.collection === collection)
  return (
    <>
      <Option label={t('collections:relation.collection')}>
        {(id) => (
          <Select
            id={id} showSearch={{ optionFilterProp: 'label' }} value={target || null} disabled={Boolean(field.id)}
            onChange={(name: string) => onOptions({ collection: name, field: undefined })}
            options={tables.map((table) => ({ value: table.name, label: table.title || table.name }))}
          />
        )}
      </Option>
      <Option label={t('collections:relation.kind')}>
        {(id) => (
          <Select
            id={id} value={field.options?.kind ?? 'one'} disabled={Boolean(field.id) || !collection} onChange={(kind) => onOptions({ kind })}
            options={[{ value: 'one', label: t('collections:relation.one') }, { value: 'many', label: t('collections:relation.many') }]}
          />
        )}
      </Option>
      {many ? (
        <Option label={t('collections:relation.field')} help={ways.length === 0 && target ? t('collections:relation.noWay') : undefined}>
          {(id) => <Select id={id} value={field.options?.field ?? null} onChange={(name: string) => onOptions({ field: name })} options={ways.map(({ name, title }) => ({ value: name, label: title || name }))} />}
        </Option>
      ) : (
        <Option label={t('collections:relation.onDelete')}>
          {(id) => (
            <Select
              id={id} value={field.options?.onDelete ?? ''} onChange={(rule: 'setNull' | 'restrict' | 'cascade' | '') => onOptions({ onDelete: rule || undefined })}
              options={(['', 'setNull', 'restrict', 'cascade'] as const).map((rule) => ({ value: rule, label: t(`collections:relation.rule.${rule || 'usual'}`) }))}
            />
          )}
        </Option>
      )}
      {!many && !field.id && target && (
        <Option label={t('collections:relation.pair')} help={t('collections:relation.pairHelp', { name: target })}>
          {(id) => <Input id={id} className="mono" maxLength={63} placeholder={t('collections:relation.noPair')} value={field.pair ?? ''} onChange={(event) => onChange({ pair: event.target.value })} />}
        </Option>
      )}
    </>
  )
}
