import { Collapse } from 'antd'
import { useTranslation } from 'react-i18next'

import type { NodeType, NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { ErrorState } from '@/components/ErrorState'
import type { FlowNode } from '@/flow/document'
import { without } from '@/flow/without'
import { SchemaForm } from '@/form/SchemaForm'
import type { FlowProblem } from '@/flow/validate'

import { change } from '../commands'
import { firstSentence } from '../parts/sentence'
import { useProblemText } from '../parts/problemText'
import { Branches } from './Branches'

interface ConfigTabProps {
  node: FlowNode
  type: NodeType | undefined
  types: NodeTypes
  problems: FlowProblem[]
  readOnly: boolean
}

/** What a node is set to: the form of its type, its free branches, and what every node has. */
export function ConfigTab({ node, type, types, problems, readOnly }: ConfigTabProps) {
  const { t, i18n } = useTranslation()
  const textOf = useProblemText()
  if (!type) return <ErrorState error={t('editor:problem.unknownType', { type: node.type })} />
  const shown = problems.map((problem) => ({ pointer: problem.pointer, text: textOf(problem) }))
  const general = shown.filter(({ pointer }) => pointer === '' || ['/type', '/key', '/branches'].includes(pointer))
  return (
    <div className="ed-tab">
      <Help text={pick(type.help, i18n.language)} />
      {general.map(({ text }) => (
        <p key={text} className="ed-error" role="alert">
          {text}
        </p>
      ))}
      <SchemaForm
        schema={type.schema}
        value={node.config ?? {}}
        problems={shown}
        readOnly={readOnly}
        onChange={(next) => change(node.key, (old) => ({ ...old, config: next }), 'edit', 'config')}
      />
      {type.any && <Branches node={node} readOnly={readOnly} />}
      <Collapse
        ghost
        size="small"
        className="ed-common"
        items={[
          {
            key: 'common',
            label: t('editor:node.common'),
            children: (
              <SchemaForm
                schema={types.common.schema}
                except={['title']}
                value={without(node, 'key', 'type', 'title', 'config', 'branches')}
                problems={shown}
                readOnly={readOnly}
                onChange={(next) => change(node.key, ({ key, type, config, branches, title }) => ({ key, type, ...(title && { title }), ...next, ...(config && { config }), ...(branches && { branches }) }), 'edit', 'common')}
              />
            ),
          },
        ]}
      />
    </div>
  )
}

/** What the type does: the first sentence, and the rest on demand. */
function Help({ text }: { text: string }) {
  const first = firstSentence(text)
  const rest = text.slice(first.length).trim()
  if (!rest) return <p className="muted ed-help">{text}</p>
  return (
    <details className="muted ed-help">
      <summary>{first}</summary>
      {rest}
    </details>
  )
}
