import { Checkbox, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDelivery, type Delivery } from '@/api/deliveries'
import { BodyView } from '@/components/BodyView'
import { contentOf } from '@/components/body'
import { ErrorState } from '@/components/ErrorState'
import { JsonDiff } from '@/components/json/JsonDiff'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

import { contentTypeOf } from '../http'
import { differs, facts, headers, type Line } from './facts'

/** Two requests beside each other: what differs in what they are, in their headers and bodies. */
export function CompareDialog({ ids: [older, newer], onClose }: { ids: [string, string]; onClose: () => void }) {
  const { t } = useTranslation()
  const [left, right] = [useDelivery(older), useDelivery(newer)]
  const error = left.error ?? right.error
  return (
    <Modal open width={1100} title={t('deliveries:compare.title')} footer={null} onCancel={onClose}>
      {left.data && right.data ? <Comparison left={left.data} right={right.data} /> : error ? <ErrorState error={error} /> : <Skeleton active />}
    </Modal>
  )
}

function Comparison({ left, right }: { left: Delivery; right: Delivery }) {
  const { t } = useTranslation()
  const [onlyDifferent, setOnlyDifferent] = useState(true)
  const word = (name: string, value: string | undefined) => (name === 'outcome' ? t(`common:status.${value}`) : value === '0' ? '–' : value)
  const named = facts(left, right).map(({ name, left, right }) => ({ name: t(`deliveries:compare.${name}`), left: word(name, left), right: word(name, right) }))
  return (
    <div className="dlv-compare">
      <Checkbox checked={onlyDifferent} onChange={(event) => setOnlyDifferent(event.target.checked)}>
        {t('deliveries:compare.onlyDifferent')}
      </Checkbox>
      <Lines title={t('deliveries:compare.facts')} lines={named} sides={[left, right]} onlyDifferent={onlyDifferent} />
      <section>
        <h3>{t('deliveries:compare.body')}</h3>
        <Bodies left={left} right={right} />
      </section>
      <Lines title={t('deliveries:compare.headers')} lines={headers(left, right)} sides={[left, right]} onlyDifferent={onlyDifferent} />
    </div>
  )
}

interface LinesProps {
  title: string
  lines: Line[]
  sides: [Delivery, Delivery]
  onlyDifferent: boolean
}

function Lines({ title, lines, sides: [left, right], onlyDifferent }: LinesProps) {
  const { t } = useTranslation()
  const shown = onlyDifferent ? lines.filter(differs) : lines
  return (
    <section>
      <h3>{title}</h3>
      {shown.length === 0 ? (
        <p className="muted">{t('deliveries:compare.same')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>
                <span className="sr-only">{title}</span>
              </th>
              <Side name={t('deliveries:compare.left')} delivery={left} />
              <Side name={t('deliveries:compare.right')} delivery={right} />
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.name} data-differs={differs(line) || undefined}>
                <th scope="row">{line.name}</th>
                <Value text={line.left} />
                <Value text={line.right} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Side({ name, delivery }: { name: string; delivery: Delivery }) {
  return (
    <th scope="col">
      {name} <span className="mono muted">{delivery.id}</span> <Time at={delivery.receivedAt} as="clock" />
    </th>
  )
}

function Value({ text }: { text: string | undefined }) {
  const { t } = useTranslation()
  return <td className="mono">{text === undefined ? <span className="muted">{t('deliveries:compare.missing')}</span> : <Shown text={text} />}</td>
}

function Bodies({ left, right }: { left: Delivery; right: Delivery }) {
  const { t } = useTranslation()
  if (JSON.stringify(left.request.body) === JSON.stringify(right.request.body)) return <p className="muted">{t('deliveries:compare.same')}</p>
  const [before, after] = [left, right].map(({ request }) => contentOf(request.body, contentTypeOf(request.headers)))
  if (before?.kind === 'json' && after?.kind === 'json') return <JsonDiff before={JSON.parse(before.text)} after={JSON.parse(after.text)} />
  return (
    <>
      <p className="muted">{t('deliveries:compare.binary')}</p>
      <div className="dlv-sides">
        {[left, right].map(({ id, request, bodySize }) => (
          <BodyView key={id} body={request.body} contentType={contentTypeOf(request.headers)} size={bodySize} name={`request-${id}`} />
        ))}
      </div>
    </>
  )
}
