import { useTranslation } from 'react-i18next'

import { useNodeTypes } from '@/api/catalogue'
import { typeOf } from '@/flow/branches'
import { fieldAt } from '@/flow/summary'
import type { FlowProblem } from '@/flow/validate'

/** useProblemText puts problems into words; the server's are in its own. */
export function useProblemText(): (problem: FlowProblem) => string {
  const { t, i18n } = useTranslation()
  const { data: types } = useNodeTypes()
  return ({ code, values, pointer }) => {
    if (code === 'server') return values.detail ?? ''
    const schema = code === 'required' ? fieldAt(typeOf(types, values.type ?? '')?.schema, pointer) : undefined
    const field = (i18n.language === 'zh' ? schema?.['x-zh-title'] : schema?.title) ?? values.field
    return t(`editor:problem.${code}`, { ...values, field })
  }
}
