import { Skeleton, Tabs } from 'antd'
import { Link2, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useDelivery, type Delivery } from '@/api/deliveries'
import { CopyButton } from '@/components/CopyButton'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'
import { Status } from '@/components/Status'

import { useAddress } from '../address'
import { Code } from '../Row'
import { Actions } from './Actions'
import { Overview } from './Overview'
import { RequestTab } from './RequestTab'
import { ResponseTab } from './ResponseTab'
import { RunsTab } from './RunsTab'
import { VerificationTab } from './VerificationTab'

/** One request: what came, what was answered, why, and what became of it. */
export function DetailPane({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [credentials, setCredentials] = useState(false)
  const { data, error, refetch } = useDelivery(id, credentials)
  const closing = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Where the pane covers the list, the focus would stay behind it.
    if (window.matchMedia('(max-width: 900px)').matches) closing.current?.focus()
  }, [])
  return (
    <div className="dlv-detail">
      <header className="dlv-head">
        {data ? <Heading delivery={data} /> : <span className="grow" />}
        <CopyButton icon={Link2} text={location.href} label={t('deliveries:pane.copyLink')} />
        <button ref={closing} type="button" className="icon-button" aria-label={t('deliveries:pane.close')} title={t('deliveries:pane.close')} onClick={onClose}>
          <X size={16} />
        </button>
      </header>
      {data ? (
        <Content delivery={data} revealed={credentials} onReveal={setCredentials} />
      ) : error instanceof ApiError && error.problem.status === 404 ? (
        <EmptyState title={t('common:problem.404')} text={t('deliveries:pane.gone')} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton active className="dlv-loading" />
      )}
    </div>
  )
}

function Heading({ delivery }: { delivery: Delivery }) {
  return (
    <div className="grow dlv-heading">
      <Code delivery={delivery} />
      <h2 className="mono cut">
        {delivery.method} <bdi>/{delivery.path}</bdi>
      </h2>
      <Status of={delivery.outcome} />
      {delivery.reason && <span className="mono dlv-reasoncode">{delivery.reason}</span>}
    </div>
  )
}

interface ContentProps {
  delivery: Delivery
  revealed: boolean
  onReveal: (revealed: boolean) => void
}

function Content({ delivery, revealed, onReveal }: ContentProps) {
  const { t } = useTranslation()
  const { search, change } = useAddress()
  const failed = delivery.verification && !delivery.verification.ok
  return (
    <>
      <Actions delivery={delivery} />
      <Tabs
        className="dlv-tabs"
        activeKey={search.tab ?? 'overview'}
        onChange={(tab) => change({ tab: tab === 'overview' ? undefined : tab }, true)}
        items={[
          { key: 'overview', label: t('deliveries:tab.overview'), children: <Overview delivery={delivery} /> },
          { key: 'request', label: t('deliveries:tab.request'), children: <RequestTab delivery={delivery} revealed={revealed} onReveal={onReveal} /> },
          { key: 'response', label: t('deliveries:tab.response'), children: <ResponseTab delivery={delivery} /> },
          {
            key: 'verification',
            label: (
              <span>
                {t('deliveries:tab.verification')}
                {failed && <i className="dlv-dot" role="img" aria-label={t('deliveries:verify.bad')} />}
              </span>
            ),
            children: <VerificationTab delivery={delivery} />,
          },
          { key: 'runs', label: t('deliveries:tab.runs'), children: <RunsTab delivery={delivery} /> },
        ]}
      />
    </>
  )
}
