import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { useSchemes } from '@/api/catalogue'
import { useReplay, useVerifyAgain, type Delivery } from '@/api/deliveries'
import { useMay } from '@/api/session'
import { pick } from '@/app/i18n'
import { CheckList } from '@/components/CheckList'
import { trigger } from '@/flow/travel'

import { Notice, useNotice } from './Notice'
import { useAdmit } from './useAdmit'

/** Whether and why a request proved itself, and what to do if it did not. */
export function VerificationTab({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation()
  const schemes = useSchemes()
  const report = delivery.verification
  if (!report) return <p className="dlv-body muted">{t('deliveries:verify.none')}</p>
  if (report.scheme === 'none') return <p className="dlv-body muted">{t('deliveries:verify.off')}</p>
  const scheme = pick(schemes.data?.find(({ key }) => key === report.scheme)?.title, i18n.language) || report.scheme
  return (
    <div className="dlv-body">
      <p className="dlv-verdictline" data-ok={report.ok}>
        {t(report.ok ? 'deliveries:verify.passed' : 'deliveries:verify.failed', { scheme })}
      </p>
      <CheckList report={report} />
      {delivery.workflow && <Remedies delivery={delivery} workflow={delivery.workflow} />}
    </div>
  )
}

function Remedies({ delivery, workflow }: { delivery: Delivery; workflow: string }) {
  const { t } = useTranslation()
  const [editor, admin] = [useMay('editor'), useMay('admin')]
  const again = useVerifyAgain()
  const replay = useReplay()
  const { notice, tell, fail, clear } = useNotice()
  const run = (force: boolean) => replay.mutate({ id: delivery.id, revision: 'current', force }, { onSuccess: tell, onError: fail })
  const admit = useAdmit(() => run(true))
  const rejected = delivery.outcome === 'rejected'
  return (
    <>
      <div className="row dlv-remedies">
        <Link to="/workflows/$key" params={{ key: workflow }} search={{ node: trigger }}>
          <Button size="small">{t('deliveries:verify.open')}</Button>
        </Link>
        {editor && (
          <Button size="small" loading={again.isPending} onClick={() => again.mutate({ workflow, delivery: delivery.id }, { onError: fail })}>
            {t('deliveries:verify.again')}
          </Button>
        )}
        {admin && rejected && (
          <Button size="small" danger onClick={admit}>
            {t('deliveries:verify.admit')}
          </Button>
        )}
      </div>
      <Notice notice={notice} onClose={clear} />
      {again.data && <Again checked={again.data} onReplay={rejected && again.data.ok ? () => run(false) : undefined} />}
    </>
  )
}

type Checked = NonNullable<ReturnType<typeof useVerifyAgain>['data']>

function Again({ checked, onReplay }: { checked: Checked; onReplay?: () => void }) {
  const { t, i18n } = useTranslation()
  const late = checked.ok && !checked.now.ok
  return (
    <section className="dlv-again" aria-live="polite">
      <h3>{t('deliveries:verify.againTitle')}</h3>
      <Alert
        type={checked.ok ? 'success' : 'warning'}
        showIcon
        title={t(checked.ok ? 'deliveries:verify.againPassed' : 'deliveries:verify.againFailed')}
        description={pick(checked.note, i18n.language) || (late ? t('deliveries:verify.againLate') : undefined)}
        action={
          onReplay && (
            <Button size="small" onClick={onReplay}>
              {t('deliveries:verify.replayNow')}
            </Button>
          )
        }
      />
      <CheckList report={checked.report} />
    </section>
  )
}
