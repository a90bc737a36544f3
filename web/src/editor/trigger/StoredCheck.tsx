import { Button } from 'antd'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCheckStored, useRecentDeliveries, type Checked } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { CheckList } from '@/components/CheckList'
import { Failure } from '@/components/Failure'

import { useEditor } from '../store'
import { DeliverySelect } from './DeliverySelect'
import { useDelayed } from './useDelayed'

/** Whether a request that came would pass with the settings as they are here, saved or not. */
export function StoredCheck({ verification }: { verification: Record<string, unknown> }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const [open, setOpen] = useState(false)
  const recent = useRecentDeliveries(key, open)
  const [delivery, setDelivery] = useState<string>()
  const check = useCheckStored(key, delivery, useDelayed(verification, 400))
  if (!open) {
    return (
      <div>
        <Button size="small" icon={<ShieldCheck size={13} />} onClick={() => setOpen(true)}>
          {t('trigger:check.button')}
        </Button>
      </div>
    )
  }
  return (
    <div className="trg-field">
      <span className="trg-label">{t('trigger:check.label')}</span>
      {recent.data?.length === 0 ? (
        <p className="muted">{t('trigger:check.none')}</p>
      ) : (
        <DeliverySelect items={recent.data ?? []} loading={recent.isPending || check.isFetching} label={t('trigger:check.label')} value={delivery} onPick={setDelivery} />
      )}
      <Failure error={check.error} />
      {check.data && !check.error && <Verdict checked={check.data} />}
    </div>
  )
}

function Verdict({ checked: { ok, report, now, note } }: { checked: Checked }) {
  const { t, i18n } = useTranslation()
  const text = !ok ? 'trigger:check.fails' : now.ok ? 'trigger:check.passes' : 'trigger:check.passed'
  return (
    <div className="trg-verdict" role="status">
      <strong className={ok ? 'trg-ok' : 'ed-error'}>{t(text)}</strong>
      {note && <p className="trg-small">{pick(note, i18n.language)}</p>}
      <CheckList report={report} />
    </div>
  )
}
