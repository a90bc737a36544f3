import './executions.css'

import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useTriggerTypes, type NodeTypes } from '@/api/catalogue'
import { useTopBar } from '@/app/topbar'
import { CopyButton } from '@/components/CopyButton'
import { ErrorState } from '@/components/ErrorState'
import { SplitPane } from '@/components/SplitPane'
import { FlowCanvas } from '@/editor/FlowCanvas'
import { statesOf } from '@/flow/states'

import { Comparison } from './compare/Comparison'
import { Header } from './detail/Header'
import { Pane } from './detail/Pane'
import { Skeleton } from './detail/Skeleton'
import { Stage } from './detail/Stage'
import { Waterfall } from './detail/Waterfall'
import { inRound } from './steps'
import { useRun, type Run } from './useRun'

/** One execution: what each node did, when, with what. */
export function ExecutionPage() {
  const { t } = useTranslation()
  const { run, error, types, retry } = useRun()
  const id = run?.execution.id ?? ''
  useTopBar(
    <>
      <Link to="/executions" className="ex-crumb">{t('common:nav.executions')}</Link>
      <span className="muted" aria-hidden>/</span>
      <h1 className="mono">{id}</h1>
      {id && <CopyButton text={id} label={t('executions:copyId')} />}
    </>,
    null,
    [id, t],
  )
  if (error && !run) return <ErrorState error={error} onRetry={retry} />
  return run ? <Shown key={id} run={run} types={types} /> : <Skeleton />
}

function Shown({ run, types }: { run: Run; types: NodeTypes | undefined }) {
  const { t } = useTranslation()
  const side = run.selected !== null && <Pane run={run} />
  return (
    <SplitPane name="execution" label={t('executions:pane.label')} side={side} onClose={() => run.select(null)}>
      <Header run={run} />
      {run.other && <Comparison run={run} other={run.other} />}
      <Stage top={<Canvas run={run} types={types} />} bottom={<Waterfall run={run} />} />
    </SplitPane>
  )
}

function Canvas({ run: { document, steps, step, around, selected, select }, types }: { run: Run; types: NodeTypes | undefined }) {
  const triggers = useTriggerTypes()
  const states = useMemo(() => statesOf(step ? inRound(steps, step.path, around) : steps), [steps, step, around])
  const reveal = useOpening(selected !== null && around.has(selected) ? selected : undefined)
  if (!document) return null
  return <FlowCanvas document={document} nodeTypes={types} triggerTypes={triggers.data} selected={selected} onSelect={(key) => select(key)} states={states} reveal={reveal} />
}

// A canvas takes its first view a moment after it is there.
const settled = 150 // milliseconds

/** useOpening is the first node that is looked at, once the canvas is there: that one may be far down, those that
 * are clicked later are in view. */
function useOpening(key: string | undefined) {
  const [first, setFirst] = useState<{ key: string } | null>(null)
  useEffect(() => {
    if (key === undefined || first) return
    const timer = setTimeout(() => setFirst({ key }), settled)
    return () => clearTimeout(timer)
  }, [key, first])
  return first
}
