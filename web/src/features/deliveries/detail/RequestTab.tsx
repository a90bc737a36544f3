import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Delivery } from '@/api/deliveries'
import { useMay } from '@/api/session'
import { BodyView } from '@/components/BodyView'
import { CopyButton } from '@/components/CopyButton'
import { useFormat } from '@/components/format'
import { RawText } from '@/components/json/JsonView'
import { Pairs } from '@/components/Pairs'

import { contentTypeOf, isMasked, queryOf, rawRequest } from '../http'

interface RequestTabProps {
  delivery: Delivery
  revealed: boolean
  onReveal: (revealed: boolean) => void
}

/** What came: headers, query and body, or the request as it is written. */
export function RequestTab({ delivery, revealed, onReveal }: RequestTabProps) {
  const { t } = useTranslation()
  const [raw, setRaw] = useState(false)
  return (
    <div className="dlv-body">
      <div className="row">
        <Segmented<boolean>
          size="small"
          aria-label={t('deliveries:request.view')}
          value={raw}
          onChange={setRaw}
          options={[
            { value: false, label: t('deliveries:request.parsed') },
            { value: true, label: t('deliveries:request.raw') },
          ]}
        />
      </div>
      <Masked delivery={delivery} revealed={revealed} onReveal={onReveal} />
      {raw ? <Raw delivery={delivery} /> : <Parsed delivery={delivery} />}
    </div>
  )
}

function Masked({ delivery, revealed, onReveal }: RequestTabProps) {
  const { t } = useTranslation()
  const admin = useMay('admin')
  if (!isMasked(delivery) && !revealed) return null
  return (
    <p className="row dlv-masked">
      <span className="muted grow">{revealed ? t('deliveries:request.noted') : t('deliveries:request.masked')}</span>
      {admin && (
        <Button size="small" title={t('deliveries:request.noted')} onClick={() => onReveal(!revealed)}>
          {t(revealed ? 'deliveries:request.hide' : 'deliveries:request.reveal')}
        </Button>
      )}
    </p>
  )
}

function Parsed({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const { request, bodySize, id } = delivery
  const query = queryOf(request.url)
  if (request.headers.length === 0) return <p className="muted">{t('deliveries:request.notWhole')}</p>
  return (
    <>
      {query.length > 0 && (
        <section>
          <h3>{t('deliveries:request.query')}</h3>
          <Pairs pairs={query} />
        </section>
      )}
      <section>
        <h3>{t('deliveries:request.body')}</h3>
        <BodyView body={request.body} contentType={contentTypeOf(request.headers)} size={bodySize} name={`request-${id}`} />
      </section>
      <section>
        <h3>{t('deliveries:request.headers')}</h3>
        <Pairs pairs={request.headers.map(({ name, value }) => [name, value])} />
      </section>
    </>
  )
}

function Raw({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = rawRequest(delivery.request, t('deliveries:request.rawNote', { size: format.bytes(delivery.bodySize) }))
  return (
    <section>
      <div className="row dlv-rawbar">
        <span className="grow" />
        <CopyButton text={text} />
      </div>
      <RawText text={text} label={t('deliveries:request.raw')} maxHeight="70vh" />
    </section>
  )
}
