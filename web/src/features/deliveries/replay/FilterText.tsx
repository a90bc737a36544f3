import { useTranslation } from 'react-i18next'

import { useRangeName } from '@/components/TimeRange'

import { tokensOf, write } from '../filter'

/** A filter as people write it. */
export function FilterText({ filter }: { filter: Record<string, unknown> }) {
  const { t } = useTranslation()
  const rangeName = useRangeName()
  const search = Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, value === undefined || value === null ? undefined : String(value)]))
  const parts = [
    ...(search.outcome ? [t(`common:status.${search.outcome}`)] : []),
    ...tokensOf(search).map(write),
    ...(search.from || search.to ? [rangeName(search)] : []),
  ]
  return (
    <p className="dlv-filter">
      <span className="muted">{t('deliveries:bulk.filter')} </span>
      {parts.length === 0 ? t('deliveries:bulk.everything') : parts.map((part) => <code key={part}>{part}</code>)}
    </p>
  )
}
