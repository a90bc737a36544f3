import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useFailing, type Period } from '@/api/stats'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { Panel } from './Panel'

/** The workflows that fail most, the worst first. */
export function Failing({ period }: { period: Period }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel title={t('overview:failing.title')} query={useFailing(period)}>
      {(items) =>
        items.length === 0 ? (
          <p className="muted">{t('overview:failing.none')}</p>
        ) : (
          <ul className="overview-list">
            {items.map((item) => (
              <li key={item.workflow}>
                <div className="row">
                  <Link className="grow cut overview-link" to="/executions" search={{ workflow: item.workflow, status: 'failed' }}>
                    {item.title || item.workflow}
                  </Link>
                  <span className="num overview-bad">{t('overview:failing.of', { failed: format.number(item.failed), total: format.number(item.total) })}</span>
                </div>
                <div className="overview-share" aria-hidden>
                  <i style={{ width: `${(item.failed / Math.max(item.total, 1)) * 100}%` }} />
                </div>
                <Link className="muted overview-small" to="/executions/$id" params={{ id: item.lastExecution }}>
                  {t('overview:failing.last')} <Time at={item.lastFailedAt} as="ago" />
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  )
}
