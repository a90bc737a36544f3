import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { CheckList } from '@/components/CheckList'
import { Shown } from '@/components/json/Shown'
import { Status } from '@/components/Status'
import { Time } from '@/components/Time'

import { useEditor } from '../store'
import type { Heard } from './useListener'

/** The requests that came while somebody listened, newest first. */
export function HeardList({ heard }: { heard: Heard[] }) {
  const { t } = useTranslation()
  if (heard.length === 0) return null
  const sample = heard.find((one) => one.sample)
  return (
    <ul className="trg-heard" aria-label={t('trigger:listen.heard')}>
      {heard.map((one) => (
        <li key={one.id}>
          <div className="row">
            {isCaptured(one) ? <Captured /> : <Status of={one.outcome} />}
            <span className="mono cut grow" title={one.url}>
              {one.method} {pathIn(one.url)}
            </span>
            <Time at={one.at} as="clock" />
            <Link to="/deliveries" search={{ id: one.id }} className="trg-small">
              {t('trigger:listen.open')}
            </Link>
          </div>
          <Why heard={one} />
          {one === sample && <p className="muted trg-small">{t('trigger:listen.sample')}</p>}
        </li>
      ))}
    </ul>
  )
}

/** Why a request was refused, or is no sample. */
function Why({ heard: { outcome, reason, detail, report, sample } }: { heard: Heard }) {
  const { t } = useTranslation()
  const checked = outcome === 'rejected' && report !== null && !report.ok
  return (
    <>
      {outcome === 'rejected' && reason && <p className="ed-error">{t(`deliveries:reason.${reason}.title`)}</p>}
      {checked && <CheckList report={report} />}
      {detail && !checked && (outcome === 'rejected' || !sample) && (
        <p className="muted trg-small">
          <Shown text={detail} />
        </p>
      )}
    </>
  )
}

/** isCaptured reports whether a request would have run, had the workflow been published and enabled. */
const isCaptured = ({ outcome, sample, report }: Heard) => outcome === 'filtered' && sample && report?.ok !== false && !isEnabled()

const isEnabled = () => {
  const { revision, enabled } = useEditor.getState().meta
  return revision > 0 && enabled
}

function Captured() {
  const { t } = useTranslation()
  return (
    <span className="row trg-captured">
      <Check size={14} aria-hidden />
      {t('trigger:listen.captured')}
    </span>
  )
}

/** pathIn is what of a URL tells requests apart. */
const pathIn = (url: string) => url.replace(/^https?:\/\/[^/]*/, '').replace(/^\/api\/webhooks(-test)?/, (_, test: string | undefined) => (test ? '(test) ' : ''))
