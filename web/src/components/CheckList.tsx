import './checkList.css'

import { Check, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Schemas } from '@/api/client'

import { Shown } from './json/Shown'

/** What a verification saw, check by check: what is wrong in words, what to do, and as the server put it. */
export function CheckList({ report }: { report: Schemas['Report'] }) {
  const { t } = useTranslation()
  return (
    <ul className="checks" aria-label={t('deliveries:verify.checks')}>
      {(report.checks ?? []).map((check, index) => (
        <Line key={index} check={check} />
      ))}
    </ul>
  )
}

function Line({ check: { check, ok, code, detail, remedy } }: { check: Schemas['Check'] }) {
  const { t, i18n } = useTranslation()
  const hint = code?.startsWith('near_miss') ?? false
  const [Icon, look] = ok ? [Check, 'ok'] : hint ? [TriangleAlert, 'hint'] : [X, 'bad']
  const named = code !== undefined && i18n.exists(`deliveries:code.${code}.title`)
  const name = check.replaceAll(' ', '_')
  return (
    <li className={`checks-${look}`}>
      <Icon size={14} aria-hidden />
      <span className="sr-only">{t(`deliveries:verify.${look}`)}</span>
      <div>
        <span className="checks-title">{named ? t(`deliveries:code.${code}.title`) : i18n.exists(`deliveries:check.${name}`) ? t(`deliveries:check.${name}`) : check}</span>
        {detail && (
          <p className="muted">
            <Shown text={detail} />
          </p>
        )}
        {!ok && (named || remedy) && <p>{named ? t(`deliveries:code.${code}.todo`) : remedy}</p>}
      </div>
    </li>
  )
}
