import { Alert, Button, Input, Segmented } from 'antd'
import { Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeType } from '@/api/catalogue'
import type { FullStep } from '@/api/runs'
import { pick } from '@/app/i18n'
import { EmptyState } from '@/components/EmptyState'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'
import type { FlowNode } from '@/flow/document'

import { pin, useEditor } from '../store'
import { Value } from './Value'

/** What came out of a node the last time, and what stands in for it. */
export function OutputTab({ node, type, readOnly }: { node: FlowNode; type: NodeType | undefined; readOnly: boolean }) {
  const { t, i18n } = useTranslation()
  const steps = useEditor((editor) => editor.steps[node.key])
  const pinned = useEditor((editor) => editor.pins[node.key])
  const help = pick(type?.result.help, i18n.language)
  return (
    <div className="ed-tab">
      {pinned !== undefined ? (
        <Pinned node={node} value={pinned} readOnly={readOnly} />
      ) : steps && steps.length > 0 ? (
        <Rounds key={steps.length} steps={steps} node={node} readOnly={readOnly} />
      ) : (
        <EmptyState title={t('editor:output.none')} text={help ? t('editor:output.noneText', { help }) : undefined} />
      )}
      {!readOnly && pinned === undefined && <MadeUp node={node} type={type} />}
    </div>
  )
}

function Pinned({ node, value, readOnly }: { node: FlowNode; value: unknown; readOnly: boolean }) {
  const { t } = useTranslation()
  return (
    <section>
      <Alert
        type="info"
        showIcon
        icon={<Pin size={15} />}
        title={t('editor:output.pinned')}
        action={
          !readOnly && (
            <Button size="small" icon={<PinOff size={13} />} onClick={() => pin(node.key, undefined)}>
              {t('editor:output.unpin')}
            </Button>
          )
        }
      />
      <Value value={value} name={t('editor:output.result')} />
    </section>
  )
}

function Rounds({ steps, node, readOnly }: { steps: FullStep[]; node: FlowNode; readOnly: boolean }) {
  const { t } = useTranslation()
  const [at, setAt] = useState(steps.length - 1)
  const step = steps[at]
  if (!step) return null
  return (
    <section>
      {steps.length > 1 && (
        <div className="row ed-rounds">
          <Button size="small" disabled={at === 0} onClick={() => setAt(at - 1)} aria-label={t('editor:output.before')}>
            {'‹'}
          </Button>
          <span className="num" role="status">
            {t('editor:output.round', { n: at + 1, of: steps.length })}
          </span>
          <Button size="small" disabled={at === steps.length - 1} onClick={() => setAt(at + 1)} aria-label={t('editor:output.after')}>
            {'›'}
          </Button>
          <code className="muted cut">{step.path}</code>
        </div>
      )}
      <Step key={at} step={step} node={node} readOnly={readOnly} />
    </section>
  )
}

function Step({ step, node, readOnly }: { step: FullStep; node: FlowNode; readOnly: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [side, setSide] = useState<'output' | 'input'>('output')
  const pinned = useEditor((editor) => node.key in editor.pins)
  return (
    <>
      <div className="row ed-step">
        <Status of={step.status} />
        <span className="num muted">{format.duration(step.durationMs)}</span>
        {step.attempt > 1 && <span className="muted">{t('editor:output.attempt', { n: step.attempt })}</span>}
        <span className="grow" />
        {!readOnly && !pinned && step.output !== undefined && (
          <Button size="small" icon={<Pin size={13} />} onClick={() => pin(node.key, step.output)}>
            {t('editor:output.pin')}
          </Button>
        )}
      </div>
      {step.error && <Alert type="error" showIcon title={<code className="ed-wrap">{step.error}</code>} />}
      <Segmented
        size="small"
        value={side}
        onChange={setSide}
        aria-label={t('editor:output.side')}
        options={[
          { value: 'output', label: t('editor:output.result') },
          { value: 'input', label: t('editor:output.input') },
        ]}
      />
      <Value value={step[side]} name={t(side === 'output' ? 'editor:output.result' : 'editor:output.input')} />
      {step.logs && step.logs.length > 0 && (
        <div className="ed-logs">
          <h3>{t('editor:output.logs')}</h3>
          <ol>
            {step.logs.map((log, i) => (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={i} className={`ed-log-${log.level}`}>
                <code>{log.text}</code>
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  )
}

/** A made-up answer in place of the node's: nothing is sent, what follows can be tried. */
function MadeUp({ node, type }: { node: FlowNode; type: NodeType | undefined }) {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState('')
  if (text === null) {
    return (
      <Button size="small" type="dashed" icon={<Pin size={13} />} onClick={() => setText(JSON.stringify(exampleOf(type), null, 2))}>
        {t('editor:output.makeUp')}
      </Button>
    )
  }
  const commit = () => {
    try {
      pin(node.key, JSON.parse(text))
    } catch (error) {
      setProblem(String(error))
    }
  }
  return (
    <section>
      <Input.TextArea className="mono" autoSize={{ minRows: 4, maxRows: 14 }} aria-label={t('editor:output.makeUp')} value={text} onChange={({ target }) => setText(target.value)} />
      {problem && (
        <p role="alert" className="ed-error">
          {problem}
        </p>
      )}
      <div className="row">
        <Button size="small" type="primary" onClick={commit}>
          {t('editor:output.pinThis')}
        </Button>
        <Button size="small" onClick={() => setText(null)}>
          {t('editor:cancel')}
        </Button>
      </div>
    </section>
  )
}

/** exampleOf is a value of the shape that a type's result has. */
function exampleOf(type: NodeType | undefined): unknown {
  const of = (schema: NodeType['result']['schema'] | undefined, depth: number): unknown => {
    const kind = Array.isArray(schema?.type) ? schema.type[0] : schema?.type
    if (kind === 'object' || schema?.properties) return Object.fromEntries(Object.entries(depth > 3 ? {} : (schema?.properties ?? {})).map(([name, inner]) => [name, of(inner, depth + 1)]))
    if (kind === 'array') return []
    return { string: '', integer: 0, number: 0, boolean: true }[kind ?? ''] ?? null
  }
  return of(type?.result.schema, 0)
}
