import { Link } from '@tanstack/react-router'
import { FlaskConical, RotateCcw } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeliveryItem } from '@/api/deliveries'
import { useFormat } from '@/components/format'

import type { LogSearch } from './filter'

interface RowProps {
  delivery: DeliveryItem
  workflow: string | undefined
  active: boolean
  open: boolean
  selected: boolean
  onSelect: (id: string, range: boolean) => void
  onActive: (id: string) => void
}

/** One request in the log: what was answered, what came, whence and why. */
export const Row = memo(function Row({ delivery, workflow, active, open, selected, onSelect, onActive }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id, method, path, receivedAt } = delivery
  const name = t('deliveries:row.select', { method, path, time: format.time(receivedAt) })
  const onClick = (event: MouseEvent) => {
    onActive(id)
    if (!event.shiftKey) return
    event.preventDefault()
    onSelect(id, true)
  }
  return (
    <div className="dlv-row" data-open={open || undefined} data-selected={selected || undefined}>
      <label className="dlv-check">
        <input
          type="checkbox"
          aria-label={name}
          checked={selected}
          tabIndex={active ? 0 : -1}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onSelect(id, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
        />
      </label>
      <Link
        to="/deliveries"
        search={(old: LogSearch) => ({ ...old, id })}
        className="dlv-link"
        data-row={id}
        tabIndex={active ? 0 : -1}
        aria-current={open || undefined}
        onClick={onClick}
        onFocus={() => onActive(id)}
      >
        <Code delivery={delivery} />
        <span className="dlv-what">
          <span className="dlv-path mono cut">
            <b>{method}</b> <bdi>/{path}</bdi>
          </span>
          <span className="dlv-why cut">
            {delivery.test && <Badge icon={FlaskConical} text={t('deliveries:testTag')} />}
            {delivery.replayOf && <Badge icon={RotateCcw} text={t('deliveries:row.replay')} />}
            <span className="mono">{delivery.ip}</span>
            <span aria-hidden> · </span>
            {workflow ?? delivery.workflow ?? t('deliveries:row.unknown')}
            <Why delivery={delivery} />
          </span>
        </span>
        <span className="dlv-size num">{format.bytes(delivery.bodySize)}</span>
        <time className="dlv-time num" dateTime={receivedAt} title={format.time(receivedAt)}>
          {when(receivedAt, format)}
        </time>
      </Link>
    </div>
  )
})

// Today's requests by the clock, others by the day too.
function when(at: string, format: ReturnType<typeof useFormat>): string {
  const today = new Date(at).toDateString() === new Date().toDateString()
  return today ? format.clock(at) : format.short(at)
}

function Badge({ icon: Icon, text }: { icon: typeof RotateCcw; text: string }) {
  return (
    <span className="dlv-badge">
      <Icon size={11} aria-hidden /> {text}
    </span>
  )
}

/** Why a request did not start its workflow, in words and as a code. */
function Why({ delivery: { outcome, reason } }: { delivery: DeliveryItem }) {
  const { t } = useTranslation()
  if (outcome === 'accepted') return null
  if (!reason) return <span className="dlv-outcome"> · {t(`common:status.${outcome}`)}</span>
  return (
    <span className="dlv-reason">
      <span aria-hidden> · </span>
      {t(`deliveries:reason.${reason}.title`, reason)} <span className="mono">{reason}</span>
    </span>
  )
}

/** The status that was answered, in the colour of what it means. */
export function Code({ delivery: { status, outcome } }: { delivery: Pick<DeliveryItem, 'status' | 'outcome'> }) {
  const { t } = useTranslation()
  const tone = outcome === 'accepted' ? 'ok' : outcome === 'rejected' ? (status >= 500 ? 'error' : 'warn') : 'muted'
  if (status === 0) {
    return (
      <span className="dlv-code mono" data-tone={tone} title={t('deliveries:row.noAnswer')}>
        <RotateCcw size={13} aria-hidden />
        <span className="sr-only">{t(`common:status.${outcome}`)}</span>
      </span>
    )
  }
  return (
    <span className="dlv-code mono" data-tone={tone} title={t(`common:status.${outcome}`)}>
      {status}
    </span>
  )
}
