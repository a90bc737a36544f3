import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'

import { sentence } from './ErrorState'

/** What of an action did not work, with what the server says of each place; places that a form shows at its fields are left out. */
export function Failure({ error, shown = [] }: { error: unknown; shown?: readonly string[] }) {
  const { t } = useTranslation()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : null
  const errors = problem?.errors ?? []
  const others = errors.filter(({ pointer }) => !shown.some((one) => pointer === one || pointer.startsWith(`${one}/`)))
  if (errors.length > 0 && others.length === 0) return null
  return (
    <Alert
      type="error"
      showIcon
      style={{ overflowWrap: 'anywhere' }}
      title={sentence(t, problem?.status)}
      description={
        <>
          <p>{problem ? problem.detail : String(error)}</p>
          {others.map(({ pointer, detail }) => (
            <p key={pointer + detail}>
              <code>{pointer}</code> {detail}
            </p>
          ))}
        </>
      }
    />
  )
}

/** problemAt is what the server says about a field of the body. */
export function problemAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.problem.errors.find((one) => one.pointer === pointer)?.detail
}
