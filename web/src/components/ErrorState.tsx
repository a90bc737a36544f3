import { Button } from 'antd'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'

import { CopyButton } from './CopyButton'

/** What failed, its cause as the server put it, the id that its log holds, and another try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const problem = error instanceof ApiError ? error.problem : null
  return (
    <div role="alert" style={{ display: 'grid', justifyItems: 'center', gap: 8, padding: 40, textAlign: 'center' }}>
      <CircleAlert size={22} color="var(--error)" aria-hidden />
      <h2>{sentence(t, problem?.status)}</h2>
      <p className="muted">{problem ? problem.detail || problem.title : String(error)}</p>
      {problem?.request && (
        <p className="row muted">
          <span className="mono">{problem.request}</span>
          <CopyButton text={problem.request} />
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{t('common:retry')}</Button>}
    </div>
  )
}

const known = new Set([0, 403, 404, 409, 412, 413, 422, 429, 500, 503])

/** sentence is what a status means to a person. */
export function sentence(t: (key: string) => string, status: number | undefined): string {
  return t(`common:problem.${known.has(status ?? -1) ? status : 'other'}`)
}
