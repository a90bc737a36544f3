import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'
import type { Endpoint } from '@/api/endpoint'
import { pick } from '@/app/i18n'

const most = 3

/** Where in a workflow its verification stands. */
export const verificationPointer = '/trigger/config/verification'

interface Props {
  endpoint: Endpoint | undefined
  of: (pointer: string) => boolean
  /** The form that the problems are about, to call a field as the form does. */
  schema?: Schema
}

/** What keeps requests from passing, as far as it is about some places. */
export function Issues({ endpoint, of, schema }: Props) {
  const { t, i18n } = useTranslation()
  const found = endpoint?.problems.filter(({ pointer = '' }) => of(pointer)) ?? []
  return found.slice(0, most).map((problem) => {
    const at = schema?.properties?.[problem.pointer?.split('/').at(-1) ?? '']
    const field = (i18n.language === 'zh' && at?.['x-zh-title']) || at?.title
    const text = field && problem.en === 'is required' ? t('editor:problem.required', { field }) : pick(problem, i18n.language)
    return <Alert key={problem.en} type="warning" showIcon title={text} />
  })
}
