import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useNewestRejected } from '@/api/stats'
import { Time } from '@/components/Time'

import { Panel } from './Panel'

/** The newest requests that were refused, with the reasons. */
export function Rejected() {
  const { t } = useTranslation()
  return (
    <Panel title={t('overview:rejected.title')} query={useNewestRejected()}>
      {(items) =>
        items.length === 0 ? (
          <p className="muted">{t('overview:rejected.none')}</p>
        ) : (
          <ul className="overview-list">
            {items.map((item) => (
              <li key={item.id}>
                <Link className="row overview-link" to="/deliveries" search={{ id: item.id }}>
                  <code className="grow cut">{`${item.method} /${item.path}`}</code>
                  <span className="muted overview-small">
                    <Time at={item.receivedAt} as="ago" />
                  </span>
                </Link>
                <div className="row overview-small">
                  <code className="overview-bad">{item.reason}</code>
                  <span className="muted cut">{item.ip}</span>
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  )
}
