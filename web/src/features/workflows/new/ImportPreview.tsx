import { Check, CircleAlert, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Schemas } from '@/api/client'

/** What an import would make, and what is wrong with it. */
export function ImportPreview({ checked }: { checked: Schemas['CheckedDocumentsBody'] }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {checked.items.length === 0 && checked.errors.length === 0 && <p>{t('workflows:import.nothing')}</p>}
      <ul className="workflows-preview">
        {checked.errors.map((error) => (
          <li key={error} className="workflows-wrong">
            <CircleAlert size={14} aria-hidden />
            <span>{error}</span>
          </li>
        ))}
        {checked.items.map((item) => (
          <Item key={item.kind + item.name} item={item} />
        ))}
      </ul>
    </div>
  )
}

function Item({ item }: { item: Schemas['CheckedDocument'] }) {
  const { t } = useTranslation()
  const fine = item.problems.length === 0
  const Icon = fine ? Check : TriangleAlert
  return (
    <li>
      <Icon size={14} aria-hidden color={fine ? 'var(--ok)' : 'var(--warn)'} />
      <div>
        <strong>{item.title || item.name}</strong> <code>{item.name}</code>
        <div className="muted">{fate(t, item)}</div>
        {!fine && (
          <ul className="workflows-problems">
            {item.problems.map(({ pointer, detail }) => (
              <li key={pointer + detail}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function fate(t: (key: string) => string, { kind, exists }: Schemas['CheckedDocument']): string {
  if (kind === 'Workflow') return t(exists ? 'workflows:import.otherKey' : 'workflows:import.workflow')
  if (kind === 'Collection') return t(exists ? 'workflows:import.keeps' : 'workflows:import.collection')
  return t('workflows:import.skipped')
}
