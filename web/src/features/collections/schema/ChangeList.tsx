import { ArrowRightLeft, ListOrdered, PencilLine, Plus, Settings2, Table2, Trash2, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { SchemaStep } from '@/api/collections'

const icons = { create: Table2, rename: PencilLine, add: Plus, retype: ArrowRightLeft, set: Settings2, drop: Trash2, reorder: ListOrdered, title: PencilLine }

/** What a change of a table does, in words, and what of it cannot be taken back. */
export function ChangeList({ changes }: { changes: readonly SchemaStep[] }) {
  const { t } = useTranslation()
  if (changes.length === 0) return <p className="muted">{t('collections:change.none')}</p>
  return (
    <ol className="collections-steps">
      {changes.map((step) => (
        <Step key={`${step.action} ${step.field ?? ''}`} step={step} />
      ))}
    </ol>
  )
}

function Step({ step: { action, field, from, to, records } }: { step: SchemaStep }) {
  const { t } = useTranslation()
  const Icon = icons[action]
  const loss = action === 'drop' && records > 0
  const typeName = (type = '') => (action === 'add' || action === 'retype' ? t(`collections:type.${type}`) : type)
  return (
    <li data-loss={loss || undefined}>
      {loss ? <TriangleAlert size={15} aria-hidden /> : <Icon size={15} aria-hidden />}
      <div>
        <div>{t(`collections:change.${action}`, { field, from: typeName(from), to: typeName(to) })}</div>
        {records > 0 && <div className={loss ? 'collections-wrong' : 'muted'}>{t(`collections:change.records.${loss ? 'lost' : action === 'retype' ? 'converted' : 'filled'}`, { count: records })}</div>}
      </div>
    </li>
  )
}
