import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '@/components/CopyButton'
import { Shown } from '@/components/json/Shown'

import { adviceOf } from '../advice'
import type { Step } from '../steps'
import type { Run } from '../useRun'

/** Why a step failed, and what can be done about it. */
export function Trouble({ run, step }: { run: Run; step: Pick<Step, 'error' | 'status' | 'type' | 'nodeKey'> }) {
  const { t } = useTranslation()
  const error = step.error ?? ''
  const ended = run.execution.error.includes(error)
  return (
    <div className={`ex-trouble ex-trouble-${step.status}`}>
      <div className="row ex-trouble-head">
        <CircleAlert size={15} aria-hidden />
        <strong className="grow">{t(`executions:why.${step.status === 'failed' ? 'failed' : step.status === 'aborted' ? 'aborted' : step.status === 'cancelled' ? 'cancelled' : 'error'}`)}</strong>
        <CopyButton text={error} />
      </div>
      <p className="mono ex-trouble-text"><Shown text={error} /></p>
      <p>{t(`executions:advice.${adviceOf(step.status, error)}`)}</p>
      {!ended && <p className="muted">{t('executions:wentOn')}</p>}
    </div>
  )
}
