import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'

/** Why something that was just tried did not work, beside where it was started. */
export function Failed({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : undefined
  const fields = problem?.errors.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? []
  return (
    <span className="ex-failed" role="alert">
      <CircleAlert size={14} aria-hidden />
      <span>{[sentence(t, problem?.status), problem?.detail ?? error.message, ...fields].join(' · ')}</span>
    </span>
  )
}
