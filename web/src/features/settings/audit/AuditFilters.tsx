import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'

import { auditPeriods } from '@/api/audit'
import { TimeRange } from '@/components/TimeRange'

import { FilterText } from '../filters'
import { useAuditFilter } from './filter'
import { actions, kinds } from './words'

/** What narrows the log. */
export function AuditFilters() {
  const { t } = useTranslation()
  const { filter, set } = useAuditFilter()
  const { since, from, to } = filter
  const choices = (all: readonly string[], name: (one: string) => string) => all.map((one) => ({ value: one, label: name(one) }))
  return (
    <div className="settings-bar" role="search">
      <FilterText className="settings-audit-text" label={t('settings:audit.actor')} value={filter.actor} onChange={(actor) => set({ actor })} />
      <Choice label={t('settings:audit.anyAction')} value={filter.action} options={choices(actions, (one) => t(`settings:action.${one}`))} onChange={(action) => set({ action })} />
      <Choice label={t('settings:audit.anyKind')} value={filter.kind} options={choices(kinds, (one) => t(`settings:kind.${one}`))} onChange={(kind) => set({ kind })} />
      <FilterText className="settings-audit-text" label={t('settings:audit.object')} value={filter.object} onChange={(object) => set({ object })} />
      <TimeRange value={{ since, from, to }} periods={auditPeriods} onChange={(range) => set({ since: undefined, from: undefined, to: undefined, ...range })} />
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <AutoComplete
      allowClear
      className="settings-audit-choice"
      aria-label={label}
      placeholder={label}
      value={value}
      options={options}
      onChange={(next: string | undefined) => onChange(next || undefined)}
    />
  )
}
