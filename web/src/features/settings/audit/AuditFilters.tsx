import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { auditPeriods } from '@/api/audit'
import { useAPIKeys } from '@/api/keys'
import { useUsers } from '@/api/users'
import { TimeRange } from '@/components/TimeRange'

import { FilterText } from '../filters'
import { useAuditFilter } from './filter'
import { actions, kinds } from './words'

/** What narrows the log. */
export function AuditFilters() {
  const { t } = useTranslation()
  const { filter, filtered, set, clear } = useAuditFilter()
  const { since, from, to } = filter
  const choices = (all: readonly string[], name: (one: string) => string) => all.map((one) => ({ value: one, label: name(one) }))
  return (
    <div className="settings-bar" role="search">
      <Choice label={t('settings:audit.actor')} value={filter.actor} options={useActors()} onChange={(actor) => set({ actor })} />
      <Choice label={t('settings:audit.anyAction')} value={filter.action} options={choices(actions, (one) => t(`settings:action.${one}`))} onChange={(action) => set({ action })} />
      <Choice label={t('settings:audit.anyKind')} value={filter.kind} options={choices(kinds, (one) => t(`settings:kind.${one}`))} onChange={(kind) => set({ kind })} />
      <FilterText className="settings-audit-text" label={t('settings:audit.object')} value={filter.object} onChange={(object) => set({ object })} />
      <TimeRange value={{ since, from, to }} periods={auditPeriods} onChange={(range) => set({ since: undefined, from: undefined, to: undefined, ...range })} />
      {filtered && (
        <Button type="text" onClick={clear}>
          {t('settings:clearFilters')}
        </Button>
      )}
    </div>
  )
}

/** Whom one would look for: users, keys, and the server itself. */
function useActors() {
  const users = useUsers().data?.map((one) => one.email) ?? []
  const keys = useAPIKeys().data?.map((one) => one.name) ?? []
  return [...new Set([...users, ...keys, 'system'])].map((name) => ({ value: name, label: name }))
}

interface ChoiceProps {
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const all = !value || options.some((one) => one.value === value) ? options : [{ value, label: value }, ...options]
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="settings-audit-choice"
      popupMatchSelectWidth={false}
      aria-label={label}
      placeholder={label}
      value={value}
      options={all}
      onChange={onChange}
    />
  )
}
