import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'

/** Why something that was started here failed; nothing while there is no error. */
export function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : null
  return <Alert type="error" showIcon title={sentence(t, problem?.status)} description={problem ? [problem.detail, ...problem.errors.map(({ detail }) => detail)].filter(Boolean).join(' · ') : String(error)} />
}
