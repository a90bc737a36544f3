import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useAbortReplay, useBulkReplays, type BulkReplay } from '@/api/replays'
import { useMay } from '@/api/session'
import { useFormat } from '@/components/format'

import { useAddress } from '../address'
import type { LogSearch } from '../filter'
import { FilterText } from './FilterText'

const recent = 10 * 60_000 // how long one that has ended is shown
const hiddenKey = 'hookflow.replays.hidden'

/** The bulk replays that go on, and those that have just ended: they run on the server, whoever looks. */
export function ReplayTray() {
  const { t } = useTranslation()
  const replays = useBulkReplays()
  const [hidden, setHidden] = useState<string[]>(() => (sessionStorage.getItem(hiddenKey) ?? '').split(','))
  const hide = (id: string) => {
    const next = [...hidden, id]
    setHidden(next)
    sessionStorage.setItem(hiddenKey, next.join(','))
  }
  const shown = (replays.data ?? []).filter((one) => one.status === 'running' || (!hidden.includes(one.id) && Date.parse(one.finishedAt ?? '') > replays.dataUpdatedAt - recent))
  if (shown.length === 0) return null
  return (
    <section className="dlv-tray" aria-label={t('deliveries:tray.label')}>
      {shown.slice(0, 3).map((replay) => (
        <Tray key={replay.id} replay={replay} onHide={() => hide(replay.id)} />
      ))}
    </section>
  )
}

function Tray({ replay, onHide }: { replay: BulkReplay; onHide: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const editor = useMay('editor')
  const abort = useAbortReplay()
  const { show } = useAddress()
  const { id, status, total, done, failed, createdAt, finishedAt, createdBy, filter } = replay
  const running = status === 'running'
  const over = done + failed
  const results = () => show({ from: createdAt, to: running || !finishedAt ? undefined : new Date(Date.parse(finishedAt) + 1000).toISOString(), replay: 'true' })
  return (
    <article className="dlv-trayitem" data-status={status}>
      <div className="row">
        <b>{t(`deliveries:tray.${status}`)}</b>
        <span className="muted grow cut">{t('deliveries:tray.by', { name: createdBy })}</span>
        <Button size="small" onClick={results}>
          {t('deliveries:tray.results')}
        </Button>
        {running && editor && (
          <Button size="small" danger loading={abort.isPending} onClick={() => abort.mutate(id)}>
            {t('deliveries:tray.abort')}
          </Button>
        )}
        {!running && (
          <button type="button" className="icon-button" aria-label={t('deliveries:tray.hide')} title={t('deliveries:tray.hide')} onClick={onHide}>
            <X size={14} />
          </button>
        )}
      </div>
      <FilterText filter={(filter ?? {}) as Record<string, unknown>} />
      <Progress
        size="small"
        percent={total === 0 ? 100 : Math.floor((over / total) * 100)}
        status={running ? 'active' : status === 'aborted' ? 'exception' : failed > 0 ? 'normal' : 'success'}
        strokeColor={failed > 0 ? 'var(--warn)' : undefined}
        aria-label={t('deliveries:bulk.progress', { done: over, total })}
      />
      <p className="num muted" role="status">
        {t('deliveries:bulk.progress', { done: format.number(over), total: format.number(total) })}
        {failed > 0 && <span className="dlv-reason"> · {t('deliveries:tray.failures', { count: failed, shown: format.number(failed) })}</span>}
      </p>
      <Failures replay={replay} />
    </article>
  )
}

function Failures({ replay: { failures } }: { replay: BulkReplay }) {
  const { t } = useTranslation()
  if (failures.length === 0) return null
  return (
    <details>
      <summary>{t('deliveries:tray.first', { shown: failures.length })}</summary>
      <ul className="dlv-failures">
        {failures.map(({ delivery, reason }) => (
          <li key={delivery}>
            <Link to="/deliveries" search={(old: LogSearch) => ({ ...old, id: delivery, tab: undefined })} className="mono">
              {delivery}
            </Link>{' '}
            {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
