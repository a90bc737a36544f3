import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeliveryItem } from '@/api/deliveries'

import type { LogSearch } from '../filter'
import { failureOf } from './Actions'

/** What came of an action: a new delivery, or a failure. */
export type News = { replayed: DeliveryItem } | { error: unknown } | null

/** useNotice keeps what came of the last action. */
export function useNotice() {
  const [notice, setNotice] = useState<News>(null)
  return {
    notice,
    tell: (replayed: DeliveryItem) => setNotice({ replayed }),
    fail: (error: unknown) => setNotice({ error }),
    clear: () => setNotice(null),
  }
}

/** Says what came of an action, where it was started. */
export function Notice({ notice, onClose }: { notice: News; onClose: () => void }) {
  const { t } = useTranslation()
  if (!notice) return null
  if ('error' in notice) {
    const { title, detail } = failureOf(t, notice.error)
    return <Alert type="error" showIcon title={title} description={detail} closable={{ onClose }} />
  }
  const { id, outcome, detail, reason } = notice.replayed
  const again = outcome !== 'accepted'
  const link = (
    <Link to="/deliveries" search={(old: LogSearch) => ({ ...old, id, tab: undefined })}>
      {t('deliveries:action.openReplay')}
    </Link>
  )
  return (
    <Alert
      type={again ? 'warning' : 'success'}
      showIcon
      title={again ? t('deliveries:action.rejectedAgain') : t('deliveries:action.replayedAs', { id })}
      description={
        <>
          {again && <p>{reason ? t(`deliveries:reason.${reason}.title`, detail) : t(`common:status.${outcome}`)}</p>}
          {link}
        </>
      }
      closable={{ onClose }}
    />
  )
}
