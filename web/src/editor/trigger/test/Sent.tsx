import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import type { DeliveryItem, TestResult } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { BodyView } from '@/components/BodyView'
import { CheckList } from '@/components/CheckList'
import { Shown } from '@/components/json/Shown'
import { Pairs } from '@/components/Pairs'
import { Status } from '@/components/Status'

import { Fold } from '../Fold'

/** Why a request was refused: check by check, or as the server puts it. */
function Why({ delivery: { outcome, detail, verification } }: { delivery: DeliveryItem }) {
  if (outcome === 'accepted') return null
  if (outcome === 'rejected' && verification && !verification.ok) return <CheckList report={verification} />
  return (
    <p className="muted trg-small">
      <Shown text={detail} />
    </p>
  )
}

/** What became of a request that was sent here. */
export function Sent({ result: { status, headers, body, signed, whyNot, request, delivery, execution } }: { result: TestResult }) {
  const { t, i18n } = useTranslation()
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return (
    <section className="trg-sent" aria-label={t('trigger:sent.title')}>
      <div className="row" role="status">
        <span className={status < 400 ? 'trg-status trg-ok' : 'trg-status ed-error'}>{status}</span>
        {delivery && <Status of={delivery.outcome} />}
        <span className="grow" />
        {delivery && (
          <Link to="/deliveries" search={{ id: delivery.id }}>
            {t('trigger:sent.delivery')}
          </Link>
        )}
        {execution && (
          <Link to="/executions/$id" params={{ id: execution }} search={{}}>
            {t('trigger:sent.execution')}
          </Link>
        )}
      </div>
      {whyNot && <p className="trg-note">{pick(whyNot, i18n.language)}</p>}
      {delivery?.reason && <p className="ed-error">{t(`deliveries:reason.${delivery.reason}.title`)}</p>}
      {delivery && <Why delivery={delivery} />}
      <BodyView body={body} contentType={type} name="answer" />
      <Fold label={t('trigger:sent.headers')}>
        <Pairs pairs={Object.entries(headers)} />
      </Fold>
      <Fold label={t(signed ? 'trigger:sent.requestSigned' : 'trigger:sent.request')}>
        <Pairs pairs={request.headers?.map(({ name, value }): [string, string] => [name, value]) ?? []} />
      </Fold>
    </section>
  )
}
