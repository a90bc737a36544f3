import { useTranslation } from 'react-i18next'

import type { FlowProblem } from '@/flow/validate'

/** useProblemText puts problems into words; the server's are in its own. */
export function useProblemText(): (problem: FlowProblem) => string {
  const { t } = useTranslation()
  return ({ code, values }) => (code === 'server' ? (values.detail ?? '') : t(`editor:problem.${code}`, values))
}
