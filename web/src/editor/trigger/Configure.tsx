import { Check, Circle, Dot, TriangleAlert } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useSchemes, type Schema } from '@/api/catalogue'
import { useEndpoint, usePathCheck } from '@/api/endpoint'
import type { FlowDocument } from '@/flow/document'
import type { FlowProblem } from '@/flow/validate'

import { useProblemText } from '../parts/problemText'
import { useEditor } from '../store'
import { Answer } from './Answer'
import { Callers } from './Callers'
import { EndpointStep } from './EndpointStep'
import { Filter } from './Filter'
import { verificationPointer } from './Issues'
import { marksOf, steps, verificationOf, type Mark, type Step } from './progress'
import type { Listener } from './useListener'
import { useDelayed } from './useDelayed'

/** What every step of the webhook's form is given. */
export interface StepProps {
  schema: Schema
  document: FlowDocument
  config: Record<string, unknown>
  problems: { pointer: string; text: string }[]
  readOnly: boolean
}

interface ConfigureProps {
  schema: Schema
  document: FlowDocument
  problems: FlowProblem[]
  readOnly: boolean
  listener: Listener
}

/** The four steps of a webhook on one scroll, with a rail that says how far it is. */
export function Configure({ schema, document, problems, readOnly, listener }: ConfigureProps) {
  const textOf = useProblemText()
  const key = useEditor((editor) => editor.key)
  const etag = useEditor((editor) => editor.meta.etag)
  const config = document.trigger.config ?? {}
  const { data: endpoint, error } = useEndpoint(key, etag)
  const { data: schemes = [] } = useSchemes()
  const path = useDelayed(pathOf(document), 300)
  const { data: check } = usePathCheck(key, path, methodsOf(config))
  const scheme = schemes.find((one) => one.key === verificationOf(config)?.scheme)
  const refused = endpoint?.problems.some(({ pointer = '' }) => pointer.startsWith(verificationPointer)) ?? false
  const marks = marksOf(document, scheme, { path: check?.ok === false, verification: refused })
  const shared = { schema, document, config, readOnly, problems: problems.map((problem) => ({ pointer: problem.pointer, text: textOf(problem) })) }
  const parts: Record<Step, ReactNode> = {
    endpoint: <EndpointStep {...shared} endpoint={endpoint} error={error} check={check} />,
    callers: <Callers {...shared} endpoint={endpoint} listener={listener} />,
    answer: <Answer {...shared} />,
    filter: <Filter {...shared} scheme={scheme} />,
  }
  return <Steps marks={marks} parts={parts} />
}

/** pathOf is the path of a webhook: its own, or the workflow's key. */
export const pathOf = (document: FlowDocument): string => {
  const path = document.trigger.config?.path
  return typeof path === 'string' && path !== '' ? path : document.key
}

/** methodsOf are the methods that a webhook takes. */
export const methodsOf = ({ methods }: Record<string, unknown>): string[] => (Array.isArray(methods) && methods.length > 0 ? methods.map(String) : ['POST'])

function Steps({ marks, parts }: { marks: Record<Step, Mark>; parts: Record<Step, ReactNode> }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<Step>('endpoint')
  const sections = () => steps.map((step) => frame.current?.querySelector<HTMLElement>(`[data-step=${step}]`))
  const goTo = (step: Step) => {
    const section = sections()[steps.indexOf(step)]
    section?.scrollIntoView({ block: 'start' })
    section?.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true })
    setCurrent(step)
  }
  const follow = () => {
    const top = (frame.current?.getBoundingClientRect().top ?? 0) + 90
    const at = sections().findLastIndex((section) => section && section.getBoundingClientRect().top <= top)
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = frame.current ?? {}
    // At the end of the scroll the last steps cannot come to the top.
    if (scrollTop + clientHeight >= scrollHeight - 2 && steps.indexOf(current) > at) return
    setCurrent(steps[Math.max(at, 0)] ?? 'endpoint')
  }
  return (
    <div className="trg-scroll" ref={frame} onScroll={follow}>
      <nav className="trg-rail" aria-label={t('trigger:steps')}>
        {steps.map((step, index) => (
          <button key={step} type="button" aria-current={step === current ? 'step' : undefined} onClick={() => goTo(step)}>
            <MarkIcon mark={marks[step]} number={index + 1} />
            <span className="cut">{t(`trigger:short.${step}`)}</span>
            <span className="sr-only">{t(`trigger:mark.${marks[step]}`)}</span>
          </button>
        ))}
      </nav>
      {steps.map((step, index) => (
        <section key={step} className="trg-step" data-step={step} aria-labelledby={`trg-${step}`}>
          <h3 id={`trg-${step}`} tabIndex={-1}>
            <span className="trg-number num" aria-hidden>
              {index + 1}
            </span>
            {t(`trigger:step.${step}`)}
          </h3>
          {parts[step]}
        </section>
      ))}
    </div>
  )
}

function MarkIcon({ mark, number }: { mark: Mark; number: number }) {
  const icon = { done: <Check size={11} />, warning: <TriangleAlert size={11} />, todo: <Circle size={8} />, free: <Dot size={12} /> }[mark]
  return (
    <span className={`trg-mark trg-mark-${mark}`} aria-hidden data-number={number}>
      {icon}
    </span>
  )
}
