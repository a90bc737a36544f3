import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Endpoint } from '@/api/endpoint'
import { pick } from '@/app/i18n'

const most = 3

/** Where in a workflow its verification stands. */
export const verificationPointer = '/trigger/config/verification'

/** What keeps requests from passing, as far as it is about some places. */
export function Issues({ endpoint, of }: { endpoint: Endpoint | undefined; of: (pointer: string) => boolean }) {
  const { i18n } = useTranslation()
  const found = endpoint?.problems.filter(({ pointer = '' }) => of(pointer)) ?? []
  return found.slice(0, most).map((problem) => <Alert key={problem.en} type="warning" showIcon title={pick(problem, i18n.language)} />)
}
