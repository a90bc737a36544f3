import { CircleAlert, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/EmptyState'
import { find } from '@/flow/tree'
import { trigger } from '@/flow/travel'
import type { FlowDocument } from '@/flow/document'
import type { FlowProblem } from '@/flow/validate'

import { show } from '../store'
import { useProblemText } from './problemText'

/** The problems of the flow, each of which leads to its node. */
export function ProblemList({ document, problems, onClose }: { document: FlowDocument; problems: FlowProblem[]; onClose: () => void }) {
  const { t } = useTranslation()
  const textOf = useProblemText()
  return (
    <section className="ed-sheet" aria-label={t('editor:problems.title')}>
      <header>
        <h2>{t('editor:problems.title')}</h2>
        <button type="button" className="icon-button" aria-label={t('editor:close')} title={t('editor:close')} onClick={onClose}>
          <X size={15} />
        </button>
      </header>
      {problems.length === 0 && <EmptyState title={t('editor:problems.none')} text={t('editor:problems.noneText')} />}
      <ul>
        {problems.map((problem, i) => {
          const Icon = problem.level === 'error' ? CircleAlert : TriangleAlert
          const name = problem.node ? find(document, problem.node)?.node.title || problem.node : t('editor:trigger')
          return (
            // Problems have no identity beyond their place in the list.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={i}>
              <button type="button" onClick={() => show(problem.node || trigger)}>
                <Icon size={14} color={`var(--${problem.level === 'error' ? 'error' : 'warn'})`} aria-hidden />
                <span className="sr-only">{t(`editor:level.${problem.level}`)}</span>
                <strong>{name}</strong>
                <span className="grow cut">{textOf(problem)}</span>
                <code className="muted">{problem.pointer}</code>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
