import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useExecution, useStepText, useSteps } from '@/api/executions'
import { CodeDiff } from '@/components/code/Code'
import { ErrorState } from '@/components/ErrorState'

import { dataOf } from '../data'
import { Skeleton } from '../detail/Skeleton'
import type { Step } from '../steps'
import type { Run } from '../useRun'

interface DifferenceProps {
  run: Run
  step: Step
  output: string | undefined
  other: string
}

const tooLarge = 256 << 10

/** What a step put out, beside what the same step of another execution did. */
export function Difference({ run, step, output, other }: DifferenceProps) {
  const { t } = useTranslation()
  const [large, setLarge] = useState(false)
  const execution = useExecution(other)
  const steps = useSteps(execution.data)
  const there = steps.data?.items.find(({ path }) => path === step.path)
  const text = useStepText(other, there?.path, there?.status)
  if (text.error) return <ErrorState error={text.error} />
  if (steps.data && !there) return <p className="muted">{t('executions:compare.notThere')}</p>
  if (text.data === undefined) return <Skeleton />
  const before = dataOf(text.data, 0)?.output ?? ''
  const after = output ?? ''
  if (before === after) return <p className="muted">{t('executions:compare.sameOutput', { name: run.nameOf(step.nodeKey).title })}</p>
  if (before.length + after.length > tooLarge && !large) return <Button onClick={() => setLarge(true)}>{t('executions:compare.large')}</Button>
  return <CodeDiff before={before} after={after} language="json" label={t('executions:tabs.difference')} />
}
