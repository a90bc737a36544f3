import { Alert, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeliveryFilter, Revision } from '@/api/deliveries'
import { useReplayCount, useStartReplay } from '@/api/replays'
import { useFormat } from '@/components/format'

import { failureOf } from '../detail/Actions'
import { FilterText } from './FilterText'
import { Versions } from './Versions'

/** Replays all that a filter finds: says how many first, and which version runs. */
export function BulkReplayDialog({ filter, onClose }: { filter: DeliveryFilter; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [revision, setRevision] = useState<Revision>('current')
  const count = useReplayCount(filter)
  const start = useStartReplay()
  const failure = count.error ?? start.error
  return (
    <Modal
      open
      title={t('deliveries:bulk.title')}
      okText={t('deliveries:bulk.start')}
      cancelText={t('deliveries:bulk.cancel')}
      okButtonProps={{ disabled: !count.data, loading: start.isPending }}
      onOk={() => start.mutate({ filter, revision }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <div className="dlv-dialog">
        <p className="dlv-count" role="status">
          {count.data === undefined ? !count.isError && t('deliveries:bulk.counting') : count.data === 0 ? t('deliveries:bulk.zero') : t('deliveries:bulk.count', { count: count.data, shown: format.number(count.data) })}
        </p>
        <FilterText filter={filter} />
        <Versions value={revision} onChange={setRevision} />
        <p className="muted">{t('deliveries:bulk.note')}</p>
        {failure && <Alert type="error" showIcon title={failureOf(t, failure).title} description={failureOf(t, failure).detail} />}
      </div>
    </Modal>
  )
}
