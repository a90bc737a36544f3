import { useTranslation } from 'react-i18next'

import { useFormat } from '@/components/format'
import { Shown } from '@/components/json/Shown'
import { Status } from '@/components/Status'

import type { Attempt, Step } from '../steps'

/** Every try of a step: when it failed, and of what. */
export function Attempts({ attempts, step }: { attempts: Attempt[]; step: Step }) {
  const { t } = useTranslation()
  const format = useFormat()
  const since = (at: string) => format.duration(Math.max(0, Date.parse(at) - Date.parse(step.startedAt)))
  return (
    <ol className="ex-attempts">
      {attempts.map(({ number, error, at }) => (
        <li key={number}>
          <span className="ex-attempt">{t('executions:attempt', { n: number })}</span>
          <Status of="error" />
          <span className="muted num">{t('executions:failedAfter', { time: since(at) })}</span>
          <p className="mono"><Shown text={error} /></p>
        </li>
      ))}
      <li>
        <span className="ex-attempt">{t('executions:attempt', { n: step.attempt })}</span>
        <Status of={step.status} />
        {step.status !== 'running' && <span className="muted num">{t('executions:endedAfter', { time: format.duration(step.durationMs) })}</span>}
        {step.error && <p className="mono"><Shown text={step.error} /></p>}
      </li>
    </ol>
  )
}
