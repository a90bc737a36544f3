import { Check, CircleSlash, Clock, Loader, Minus, TimerOff, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useFormat } from '@/components/format'
import type { NodeState } from '@/flow/document'

const icons = { succeeded: Check, failed: X, error: X, running: Loader, waiting: Clock, aborted: TimerOff, cancelled: CircleSlash } as const

/** What became of a node, on the corner of its card. */
export function Badge({ state }: { state: NodeState }) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = icons[state.status as keyof typeof icons] ?? Minus
  const word = t(`common:status.${state.status}`)
  return (
    <span className={`fc-badge fc-is-${state.status}`} title={state.error ? `${word}: ${state.error}` : word}>
      <Icon size={11} aria-hidden strokeWidth={2.5} />
      <span className="sr-only">{word}</span>
      {state.times !== undefined && state.times > 1 && <span>×{state.times}</span>}
      {state.durationMs !== undefined && <span className="num">{format.duration(state.durationMs)}</span>}
    </span>
  )
}
