import { ArrowRightLeft, CircleMinus, CirclePlus, PencilLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Change, FieldChange } from '@/flow/diff'

const looks = { added: [CirclePlus, 'ok'], removed: [CircleMinus, 'error'], changed: [PencilLine, 'accent-text'], moved: [ArrowRightLeft, 'muted'] } as const

/** What is different between two documents, node by node. */
export function Changes({ of, names }: { of: Change[]; names?: { before: string; after: string } }) {
  const { t } = useTranslation()
  if (of.length === 0) return <p className="muted">{t('editor:changes.none')}</p>
  return (
    <ul className="ed-changes">
      {of.map((change) => {
        const [Icon, tone] = looks[change.kind]
        return (
          <li key={`${change.kind} ${change.node}`}>
            <div className="row">
              <Icon size={15} color={`var(--${tone})`} aria-hidden />
              <span style={{ color: `var(--${tone})` }}>{t(`editor:changes.${change.kind}`)}</span>
              <strong className="cut">{change.node ? change.title : t('editor:changes.workflow')}</strong>
              {change.node && <code className="muted cut">{`${change.node} · ${change.type}`}</code>}
            </div>
            {change.kind !== 'removed' && change.fields.length > 0 && (
              <table>
                <thead className="sr-only">
                  <tr>
                    <th>{t('editor:changes.field')}</th>
                    <th>{names?.before ?? t('editor:changes.before')}</th>
                    <th>{names?.after ?? t('editor:changes.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {change.fields.map((field) => (
                    <Field key={field.pointer} field={field} added={change.kind === 'added'} />
                  ))}
                </tbody>
              </table>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Field({ field: { pointer, before, after }, added }: { field: FieldChange; added: boolean }) {
  return (
    <tr>
      <th scope="row">
        <code>{pointer.replace(/^\/config\//, '').replace(/^\//, '').replaceAll('/', '.')}</code>
      </th>
      {!added && <td>{before !== undefined && <del>{written(before)}</del>}</td>}
      <td colSpan={added ? 2 : 1}>{after !== undefined && <ins>{written(after)}</ins>}</td>
    </tr>
  )
}

const longest = 2000

/** written shows a value as text; where lines matter they are kept. */
function written(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
