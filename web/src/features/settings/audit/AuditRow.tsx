import { Link } from '@tanstack/react-router'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { AuditEntry, AuditFilter } from '@/api/audit'
import { JsonDiff } from '@/components/json/JsonDiff'
import { Time } from '@/components/Time'

import { useAuditFilter } from './filter'

/** One entry; what changed unfolds below it. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { id, at, actor, action, object, before, after, ip } = entry
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
          <div>
            <Narrow name={actor.type === 'system' || actor.type === 'nobody' ? t(`settings:actor.${actor.type}`) : actor.name} to={{ actor: actor.id || actor.name }} />
            {actor.type === 'api_key' && <span className="settings-chip settings-after">{t('settings:actor.api_key')}</span>}
          </div>
          <div className="mono muted settings-break">{ip}</div>
        </td>
        <td>
          <span className="settings-strong">{t(`settings:action.${action}`, action)}</span> <span className="muted">{kind}</span>{' '}
          <ObjectLink kind={object.kind} id={object.id} name={nameOf(entry)} />
        </td>
        <td className="settings-actions">
          {(before !== null || after !== null) && (
            <button type="button" className="icon-button" aria-expanded={open} aria-controls={`audit-${id}`} aria-label={label} title={label} onClick={() => setOpen(!open)}>
              <Icon size={16} />
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr id={`audit-${id}`} className="settings-unfolded">
          <td colSpan={4}>
            <JsonDiff before={before ?? {}} after={after ?? {}} />
          </td>
        </tr>
      )}
    </>
  )
}

/** nameOf is what people call the thing: users and keys have ids that nobody knows. */
function nameOf({ object, before, after }: AuditEntry): string {
  const { email, name } = { ...(before as object | null), ...(after as object | null) } as Record<string, unknown>
  return (object.kind === 'user' || object.kind === 'api_key') && typeof (email ?? name) === 'string' ? String(email ?? name) : object.id
}

// Where a thing can be looked at; what is deleted answers that it is not there any more.
function ObjectLink({ kind, id, name }: { kind: string; id: string; name: string }) {
  const className = 'mono settings-break'
  if (kind === 'workflow' || kind === 'sample') return <Link to="/workflows/$key" params={{ key: id }} className={className}>{id}</Link>
  if (kind === 'execution') return <Link to="/executions/$id" params={{ id }} className={className}>{id}</Link>
  if (kind === 'collection' || kind === 'record') {
    const [collection = id] = id.split('/')
    return <Link to="/collections/$name" params={{ name: collection }} className={className}>{id}</Link>
  }
  return <Narrow className={className} name={name} to={{ kind, object: id }} />
}

/** A name that narrows the log to what else has it. */
function Narrow({ name, to, className = 'settings-break' }: { name: string; to: AuditFilter; className?: string }) {
  const { t } = useTranslation()
  const { set } = useAuditFilter()
  return (
    <button type="button" className={`settings-narrow-to ${className}`} title={t('settings:audit.only', { name })} onClick={() => set(to)}>
      {name}
    </button>
  )
}
