import { InputNumber } from 'antd'
import type { TFunction } from 'i18next'
import { ChevronLeft, ChevronRight, CircleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { isBad, parsePath, runsOf, type Step } from '../steps'
import type { Run } from '../useRun'

/** Leafs through the runs of a node in a loop. */
export function Rounds({ run, nodeKey, step }: { run: Run; nodeKey: string; step: Step }) {
  const { t } = useTranslation()
  const runs = useMemo(() => runsOf(run.steps, nodeKey), [run.steps, nodeKey])
  const here = runs.indexOf(step)
  const nextBad = useMemo(() => wrapped(runs, here).findIndex(({ status }) => isBad(status)), [runs, here])
  if (runs.length < 2) return null
  const go = (index: number) => run.select(nodeKey, index + 1)
  const buttons = [
    ['executions:rounds.previous', ChevronLeft, here - 1],
    ['executions:rounds.next', ChevronRight, here + 1],
  ] as const
  const [back, on] = buttons.map(([name, Icon, to]) => (
    <button key={name} type="button" className="icon-button" aria-label={t(name)} title={t(name)} disabled={to < 0 || to >= runs.length} onClick={() => go(to)}>
      <Icon size={16} />
    </button>
  ))
  return (
    <div className="ex-rounds" role="group" aria-label={t('executions:rounds.label')}>
      {back}
      <InputNumber size="small" min={1} max={runs.length} value={here + 1} controls={false} aria-label={t('executions:rounds.number')} onChange={(n) => n && go(n - 1)} className="ex-round-number" />
      <span className="num">{t('executions:rounds.of', { count: runs.length })}</span>
      {on}
      <span className="muted cut">{around(step, run, t)}</span>
      <span className="grow" />
      {nextBad >= 0 && (
        <button type="button" className="ex-link ex-link-error" onClick={() => go((here + 1 + nextBad) % runs.length)}>
          <CircleAlert size={13} aria-hidden />
          {t('executions:rounds.nextFailed')}
        </button>
      )}
    </div>
  )
}

/** wrapped is a list from behind an index around to before it. */
const wrapped = <T,>(list: T[], index: number) => [...list.slice(index + 1), ...list.slice(0, Math.max(0, index))]

const around = (step: Step, run: Run, t: TFunction) =>
  parsePath(step.path)
    .rounds.map(({ node, label }) => (run.around.get(node)?.loops ? t('executions:rounds.inLoop', { name: run.nameOf(node).title, n: Number(label) + 1 }) : `${run.nameOf(node).title}: ${label}`))
    .join(' › ')
