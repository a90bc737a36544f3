import { Link } from '@tanstack/react-router'
import { KeyRound, User, Workflow } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useHistory, type Writing } from '@/api/records'
import { useWorkflowTitles } from '@/api/workflows'
import { Time } from '@/components/Time'

/** Who wrote: an execution, with the node that did, or somebody by the API. */
export function Writer({ by }: { by: Writing }) {
  const { t } = useTranslation()
  const titles = useWorkflowTitles()
  if (by.execution) {
    return (
      <span className="collections-writer">
        <Workflow size={13} aria-hidden />
        <Link to="/executions/$id" params={{ id: by.execution }} search={{ node: by.nodeKey }}>
          {t('collections:writer.execution')} <span className="mono">{by.execution}</span>
        </Link>
        {by.nodeKey && <span>{t('collections:writer.node', { node: by.nodeKey })}</span>}
        {by.workflow && (
          <Link to="/workflows/$key" params={{ key: by.workflow }} search={{ node: by.nodeKey }}>
            {titles.data?.get(by.workflow) ?? by.workflow}
          </Link>
        )}
      </span>
    )
  }
  const Icon = by.actor?.type === 'api_key' ? KeyRound : User
  return (
    <span className="collections-writer">
      <Icon size={13} aria-hidden />
      <span>{t(`collections:writer.${by.actor?.type ?? 'system'}`, { name: by.actor?.name ?? '' })}</span>
    </span>
  )
}

/** In one line who wrote a record last. */
export function WrittenBy({ collection, id }: { collection: string; id: string }) {
  const { t } = useTranslation()
  const [last] = useHistory(collection, id).data ?? []
  if (!last) return null
  return (
    <p className="collections-written">
      <span className="muted">{t(`collections:writer.${last.action}`)}</span>
      <Time at={last.at} as="ago" />
      <Writer by={last} />
    </p>
  )
}
