import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { useWorkflowTitles } from '@/api/workflows'
import { SearchBar, type Suggestion } from '@/components/SearchBar'
import { TimeRange } from '@/components/TimeRange'

import { fields, parse, periods, starts, statuses, tokensOf, write, type ListSearch } from './filter'

/** What narrows the list: all of it stands in the URL. */
export function Filters({ search, onChange }: { search: ListSearch; onChange: (search: ListSearch) => void }) {
  const { t } = useTranslation()
  const titles = useWorkflowTitles()
  const tokens = tokensOf(search)
  const suggest = (text: string): Suggestion[] => {
    const [name, value] = /^(\w+):(.*)$/s.exec(text)?.slice(1) ?? []
    if (name === 'workflow') return matching([...(titles.data ?? [])].map(([key, title]) => ({ text: `workflow:${key}`, hint: title })), value)
    if (name === 'startedBy') return matching(starts.map((start) => ({ text: `startedBy:${start}`, hint: t(`executions:startedBy.${start}`) })), value)
    return matching(fields.map((field) => ({ text: `${field}:`, hint: t(`executions:fields.${field}`) })), text)
  }
  const tabs = statuses.map((status) => ({ value: status as string, label: t(status === '' ? 'executions:list.any' : `common:status.${status}`) }))
  const setStatus = (status: string) => onChange({ ...search, status: status || undefined })
  return (
    <div className="ex-filters">
      <div className="ex-tabs">
        <Segmented aria-label={t('executions:list.status')} value={search.status ?? ''} onChange={setStatus} options={tabs} />
      </div>
      <Select className="ex-status-select" aria-label={t('executions:list.status')} value={search.status ?? ''} onChange={setStatus} options={tabs} />
      <SearchBar
        label={t('executions:list.search')}
        placeholder={t('executions:list.searchHint')}
        chips={tokens.map(write)}
        suggest={suggest}
        onAdd={(text) => {
          const { field, value } = parse(text)
          onChange({ ...search, [field]: value })
        }}
        onRemove={(index) => {
          const token = tokens[index]
          if (token) onChange({ ...search, [token.field]: undefined })
        }}
      />
      <TimeRange
        value={search}
        periods={Object.keys(periods)}
        onChange={({ since, from, to }) => onChange({ ...search, since, from, to })}
      />
    </div>
  )
}

const most = 12

function matching(all: Suggestion[], text: string | undefined): Suggestion[] {
  const wanted = (text ?? '').toLowerCase()
  return all.filter(({ text: name, hint }) => `${name} ${hint}`.toLowerCase().includes(wanted)).slice(0, most)
}
