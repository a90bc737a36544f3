import { useTranslation } from 'react-i18next'

import type { Delivery } from '@/api/deliveries'
import { BodyView } from '@/components/BodyView'
import { Pairs } from '@/components/Pairs'

import { Code } from '../Row'

/** What was answered. */
export function ResponseTab({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const { answer, id, status } = delivery
  if (status === 0) return <p className="dlv-body muted">{t('deliveries:response.replay')}</p>
  if (!answer) {
    return (
      <p className="dlv-body row">
        <Code delivery={delivery} /> <span className="muted">{t('deliveries:response.plain')}</span>
      </p>
    )
  }
  const headers = Object.entries(answer.headers)
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return (
    <div className="dlv-body">
      <Code delivery={delivery} />
      <section>
        <h3>{t('deliveries:response.body')}</h3>
        <BodyView body={answer.body} contentType={type} name={`response-${id}`} />
      </section>
      <section>
        <h3>{t('deliveries:response.headers')}</h3>
        <Pairs pairs={headers} />
      </section>
    </div>
  )
}
