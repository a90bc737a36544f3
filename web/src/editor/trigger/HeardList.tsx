import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { CheckList } from '@/components/CheckList'
import { Shown } from '@/components/json/Shown'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import type { Heard } from './useListener'

/** The requests that came while somebody listened, newest first. */
export function HeardList({ heard }: { heard: Heard[] }) {
  const { t } = useTranslation()
  if (heard.length === 0) return null
  return (
    <ul className="trg-heard" aria-label={t('trigger:listen.heard')}>
      {heard.map((one) => (
        <li key={one.id}>
          <div className="row">
            <Status of={one.outcome} />
            <span className="mono cut grow" title={one.url}>
              {one.method} {pathIn(one.url)}
            </span>
            <Time at={one.at} as="clock" />
            <Link to="/deliveries" search={{ id: one.id }} className="trg-small">
              {t('trigger:listen.open')}
            </Link>
          </div>
          {one.detail && (
            <p className={one.outcome === 'rejected' ? 'ed-error' : 'muted trg-small'}>
              <Shown text={one.detail} />
            </p>
          )}
          {one.outcome === 'rejected' && one.report && <CheckList report={one.report} />}
          {one.sample && <p className="muted trg-small">{t('trigger:listen.sample')}</p>}
        </li>
      ))}
    </ul>
  )
}

/** pathIn is what of a URL tells requests apart. */
const pathIn = (url: string) => url.replace(/^https?:\/\/[^/]*/, '')
