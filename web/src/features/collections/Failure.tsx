import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'

/** What of an action did not work, with what the server says of each place. */
export function Failure({ error, onClose }: { error: unknown; onClose?: () => void }) {
  const { t } = useTranslation()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : null
  return (
    <Alert
      type="error"
      showIcon
      className="collections-failure"
      title={sentence(t, problem?.status)}
      closable={onClose ? { onClose, 'aria-label': t('collections:close') } : false}
      description={
        <>
          <p>{problem ? problem.detail : String(error)}</p>
          {problem && problem.errors.length > 0 && (
            <ul>
              {problem.errors.map(({ pointer, detail }) => (
                <li key={pointer + detail}>
                  <code>{pointer}</code> {detail}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  )
}
