import { Ban, Check, CircleDashed, CircleSlash, Clock, Copy, Filter, Handshake, Loader, Minus, TimerOff, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

const looks = {
  // outcomes of deliveries
  accepted: [Check, 'ok'],
  rejected: [Ban, 'error'],
  duplicate: [Copy, 'muted'],
  filtered: [Filter, 'muted'],
  handshake: [Handshake, 'accent'],
  // statuses of executions and steps
  queued: [CircleDashed, 'muted'],
  running: [Loader, 'accent'],
  waiting: [Clock, 'accent'],
  succeeded: [Check, 'ok'],
  failed: [X, 'error'],
  error: [TriangleAlert, 'error'],
  aborted: [TimerOff, 'warn'],
  cancelled: [CircleSlash, 'muted'],
  skipped: [Minus, 'muted'],
} as const

/** An outcome or a status: its icon and its word, so that colour alone says nothing. */
export function Status({ of, size = 14 }: { of: string; size?: number }) {
  const { t } = useTranslation()
  const [Icon, tone] = looks[of as keyof typeof looks] ?? [Minus, 'muted']
  return (
    <span className="row" style={{ gap: 5, color: `var(--${tone === 'accent' ? 'accent-text' : tone})`, whiteSpace: 'nowrap' }}>
      <Icon size={size} aria-hidden />
      <span>{t(`common:status.${of}`)}</span>
    </span>
  )
}
