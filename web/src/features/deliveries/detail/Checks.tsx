import { Check as Tick, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Check, Report } from '@/api/deliveries'
import { Shown } from '@/components/json/Shown'

/** What a verification saw, line by line: what passed, what did not, what would have. */
export function Checks({ report }: { report: Report }) {
  const { t } = useTranslation()
  return (
    <ul className="dlv-checks" aria-label={t('deliveries:verify.checks')}>
      {(report.checks ?? []).map((check, index) => (
        // The lines of a report never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={index} check={check} />
      ))}
    </ul>
  )
}

const looks = { ok: [Tick, 'ok'], bad: [X, 'error'], hint: [TriangleAlert, 'warn'] } as const

function Line({ check }: { check: Check }) {
  const { t, i18n } = useTranslation()
  const state = check.ok ? 'ok' : check.code?.startsWith('near_miss') ? 'hint' : 'bad'
  const [Icon, tone] = looks[state]
  const name = t(`deliveries:check.${check.check.replaceAll(' ', '_')}`, check.check)
  // The server says more exactly what to do, but only in English.
  const todo = (i18n.language === 'en' && check.remedy) || (check.code && t(`deliveries:code.${check.code}.todo`, '')) || check.remedy
  return (
    <li data-state={state}>
      <Icon size={15} color={`var(--${tone})`} aria-hidden />
      <div>
        <p>
          <span className="sr-only">{t(`deliveries:verify.${state}`)}: </span>
          {check.code ? t(`deliveries:code.${check.code}.title`, check.detail ?? name) : name}
        </p>
        {todo && <p className="dlv-todo">→ {todo}</p>}
        {check.detail && (
          <p className="mono muted">
            <Shown text={check.detail} />
          </p>
        )}
      </div>
    </li>
  )
}
