import { Link } from '@tanstack/react-router'
import { CornerDownRight, GitBranch, Hand, Repeat2, RotateCcw, Siren, Webhook, type LucideIcon } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import type { ExecutionItem } from '@/api/executions'
import { useFormat } from '@/components/format'
import { Shown } from '@/components/json/Shown'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

const icons: Record<ExecutionItem['startedBy'], LucideIcon> = { webhook: Webhook, manual: Hand, retry: RotateCcw, replay: Repeat2, call: CornerDownRight, error: Siren }

interface RowProps {
  item: ExecutionItem
  title: string | undefined
  current: boolean
  now: number
}

/** One execution of the list. */
export const Row = memo(function Row({ item, title, current, now }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = icons[item.startedBy]
  const begun = Date.parse(item.startedAt ?? item.createdAt)
  return (
    <Link to="/executions/$id" params={{ id: item.id }} search={{}} className={current ? 'ex-item ex-item-current' : 'ex-item'} aria-current={current || undefined}>
      <span className="ex-item-status">
        <Status of={item.status} />
      </span>
      <span className="ex-item-main">
        <span className="row">
          <span className="ex-item-title cut">{title ?? item.workflow}</span>
          <span className="ex-chip mono">{item.revision ? `v${item.revision}` : t('executions:draft')}</span>
          <span className="muted mono ex-item-id">{item.id}</span>
        </span>
        <span className="ex-item-why cut">{item.error ? <Shown text={item.error} /> : <span className="muted mono">{item.workflow}</span>}</span>
      </span>
      <span className="ex-item-by muted">
        <Icon size={13} aria-hidden />
        {t(`executions:startedBy.${item.startedBy}`)}
        {item.parent && <GitBranch size={12} aria-hidden />}
      </span>
      <span className="ex-item-ms num">{item.startedAt ? format.duration(Math.max(0, (item.finishedAt ? Date.parse(item.finishedAt) : now) - begun)) : '–'}</span>
      <span className="ex-item-at muted">
        <Time at={item.createdAt} as="clock" />
        <small><Time at={item.createdAt} as="ago" /></small>
      </span>
    </Link>
  )
})
