import { Skeleton } from 'antd'
import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Collection } from '@/api/collections'
import { useHistory, type HistoryEntry } from '@/api/records'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { useFormat } from '@/components/format'
import type { Json } from '@/components/json/lossless'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

import { textOf } from '../cell'
import { useFieldTitle } from '../FieldName'
import { Writer } from './WrittenBy'

/** What was done to a record, newest first: when, by whom, and what each field held before and after. */
export function History({ collection, id }: { collection: Collection; id: string }) {
  const { t } = useTranslation()
  const history = useHistory(collection.name, id)
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />
  if (!history.data) return <div className="collections-pane"><Skeleton active title={false} paragraph={{ rows: 6 }} /></div>
  if (history.data.length === 0) return <EmptyState title={t('collections:history.none')} text={t('collections:history.noneText')} />
  return (
    <ol className="collections-history">
      {history.data.map((entry) => (
        <li key={entry.at + entry.action} data-action={entry.action}>
          <div className="collections-entry">
            <strong>{t(`collections:history.${entry.action}`)}</strong>
            <Time at={entry.at} />
            <Writer by={entry} />
          </div>
          <Changes entry={entry} collection={collection} />
        </li>
      ))}
    </ol>
  )
}

function Changes({ entry, collection }: { entry: HistoryEntry; collection: Collection }) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  if (entry.changes.length === 0) return <p className="muted">{t('collections:history.nothing')}</p>
  const nameOf = (name: string) => titleOf(collection.fields.find((field) => field.name === name) ?? { name })
  return (
    <table className="collections-changes">
      <thead className="sr-only">
        <tr>
          <th>{t('collections:history.field')}</th>
          {entry.action !== 'created' && <th>{t('collections:history.before')}</th>}
          {entry.action !== 'deleted' && <th>{t('collections:history.after')}</th>}
        </tr>
      </thead>
      <tbody>
        {entry.changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{nameOf(field)}</th>
            {entry.action !== 'created' && <td className="collections-before"><Held json={before} /></td>}
            {entry.action !== 'deleted' && (
              <td>
                <span className="row">
                  {entry.action === 'updated' && <ArrowRight size={12} aria-hidden className="muted" />}
                  <Held json={after} />
                </span>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Held({ json }: { json: Json }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (json.type === 'null') return <span className="muted">{t('collections:record.noValue')}</span>
  const parts = new Map(json.type === 'object' ? json.members : [])
  if (textOf(parts.get('truncated')) === 'true' && parts.has('head')) {
    // A value that was too long to be kept whole.
    return (
      <span>
        <Shown text={textOf(parts.get('head'))} />{' '}
        <span className="muted">{t('collections:history.cut', { size: format.bytes(Number(textOf(parts.get('bytes'))) || 0) })}</span>
      </span>
    )
  }
  return <Shown text={textOf(json)} />
}
