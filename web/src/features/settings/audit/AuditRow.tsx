import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { AuditEntry } from '@/api/audit'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

import { changesOf, type Change } from './changes'

/** One entry; what changed unfolds below it. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { id, at, actor, action, object, before, after, ip } = entry
  const changes = changesOf(before, after)
  const Icon = open ? ChevronDown : ChevronRight
  const kind = t(`settings:kind.${object.kind}`, object.kind)
  const label = t(open ? 'settings:audit.fold' : 'settings:audit.unfold')
  return (
    <>
      <tr>
        <td className="settings-nowrap">
          <Time at={at} />
        </td>
        <td>
          <span className="settings-break">{actor.type === 'system' || actor.type === 'nobody' ? t(`settings:actor.${actor.type}`) : actor.name}</span>
          {actor.type === 'api_key' && <span className="settings-chip settings-after">{t('settings:actor.api_key')}</span>}
        </td>
        <td>
          <span className="settings-strong">{t(`settings:action.${action}`, action)}</span> <span className="muted">{kind}</span>{' '}
          <ObjectLink kind={object.kind} id={object.id} />
        </td>
        <td className="mono muted settings-break">{ip}</td>
        <td className="settings-actions">
          {changes.length > 0 && (
            <button type="button" className="icon-button" aria-expanded={open} aria-controls={`audit-${id}`} aria-label={label} title={label} onClick={() => setOpen(!open)}>
              <Icon size={16} />
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr id={`audit-${id}`} className="settings-unfolded">
          <td colSpan={5}>
            <Changes changes={changes} />
          </td>
        </tr>
      )}
    </>
  )
}

function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation()
  return (
    <table className="settings-changes" aria-label={t('settings:audit.changes')}>
      <thead>
        <tr>
          <th scope="col">{t('settings:audit.field')}</th>
          <th scope="col">{t('settings:audit.before')}</th>
          <th scope="col">{t('settings:audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row" className="mono settings-break">
              {path || '–'}
            </th>
            <td className="settings-was">
              <Value value={before} />
            </td>
            <td className="settings-is">
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined) return <span className="muted">–</span>
  return (
    <span className="mono">
      <Shown text={typeof value === 'string' ? value : JSON.stringify(value)} />
    </span>
  )
}

// Where a thing can be looked at; what is deleted answers that it is not there any more.
function ObjectLink({ kind, id }: { kind: string; id: string }) {
  const className = 'mono settings-break'
  if (kind === 'workflow' || kind === 'sample') return <Link to="/workflows/$key" params={{ key: id }} className={className}>{id}</Link>
  if (kind === 'execution') return <Link to="/executions/$id" params={{ id }} className={className}>{id}</Link>
  if (kind === 'collection' || kind === 'record') {
    const [name = id] = id.split('/')
    return <Link to="/collections/$name" params={{ name }} className={className}>{id}</Link>
  }
  return <span className={className}>{id}</span>
}
