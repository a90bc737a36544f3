import './deliveries.css'

import { Button } from 'antd'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeliveryFilter } from '@/api/deliveries'
import { useMay } from '@/api/session'
import { useTopBar } from '@/app/topbar'
import { SplitPane } from '@/components/SplitPane'

import { useAddress } from './address'
import { filterOf } from './filter'
import { Log } from './Log'
import { ReplayTray } from './replay/ReplayTray'

const BulkReplayDialog = lazy(async () => ({ default: (await import('./replay/BulkReplayDialog')).BulkReplayDialog }))
const CompareDialog = lazy(async () => ({ default: (await import('./compare/CompareDialog')).CompareDialog }))
const DetailPane = lazy(async () => ({ default: (await import('./detail/DetailPane')).DetailPane }))

/** Every request that came in, also those that were rejected, and what became of it. */
export function DeliveriesPage() {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const { search, open } = useAddress()
  const [replaying, setReplaying] = useState<DeliveryFilter | null>(null)
  const [compared, setCompared] = useState<[string, string] | null>(null)
  useTopBar(<h1>{t('deliveries:title')}</h1>, editor ? <Button onClick={() => setReplaying(filterOf(search, Date.now()))}>{t('deliveries:replayAll')}</Button> : null, [t, editor, search])
  const close = useCallback(() => {
    const id = search.id
    open(undefined)
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id ?? '')}"]`)?.focus()
  }, [open, search.id])
  return (
    <>
      <SplitPane name="deliveries" label={t('deliveries:pane.label', { id: search.id })} onClose={close} side={search.id && <Suspense><DetailPane key={search.id} id={search.id} onClose={close} /></Suspense>}>
        <Log onCompare={setCompared} />
        <ReplayTray />
      </SplitPane>
      <Suspense>
        {replaying && <BulkReplayDialog filter={replaying} onClose={() => setReplaying(null)} />}
        {compared && <CompareDialog ids={compared} onClose={() => setCompared(null)} />}
      </Suspense>
    </>
  )
}
