import { Button, Input, Tabs } from 'antd'
import { Play, StepForward, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeType, NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'
import { typeOf } from '@/flow/branches'
import type { FlowNode } from '@/flow/document'
import { familyOf } from '@/flow/look'
import { without } from '@/flow/without'
import { VariablesPanel } from '@/form/VariablesPanel'
import type { FlowProblem } from '@/flow/validate'

import { change } from '../commands'
import { useRun } from '../parts/useRun'
import { focusOn, select, useEditor } from '../store'
import { ConfigTab } from './ConfigTab'
import { KeyField } from './KeyField'
import { OutputTab } from './OutputTab'

interface NodeDrawerProps {
  node: FlowNode
  types: NodeTypes
  problems: FlowProblem[]
  readOnly: boolean
}

/** Everything about one node: what it is set to, what it can read, what came out of it. */
export function NodeDrawer({ node, types, problems, readOnly }: NodeDrawerProps) {
  const { t } = useTranslation()
  const type = typeOf(types, node.type)
  const [tab, setTab] = useState('config')
  return (
    <>
      <Head node={node} type={type} readOnly={readOnly} />
      <Tabs
        className="ed-tabs"
        size="small"
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'config', label: t('editor:tab.config'), children: <ConfigTab key={node.key} node={node} type={type} types={types} problems={problems} readOnly={readOnly} /> },
          { key: 'variables', label: t('editor:tab.variables'), children: <div className="ed-tab"><VariablesPanel /></div> },
          { key: 'output', label: t('editor:tab.output'), children: <OutputTab node={node} type={type} readOnly={readOnly} /> },
        ]}
      />
      {!readOnly && <Foot node={node} onRun={() => setTab('output')} />}
    </>
  )
}

function Head({ node, type, readOnly }: { node: FlowNode; type: NodeType | undefined; readOnly: boolean }) {
  const { t, i18n } = useTranslation()
  const typeTitle = pick(type?.title, i18n.language) || node.type
  return (
    <header className="ed-head">
      <TypeIcon icon={type?.icon} family={familyOf(type)} size={34} />
      <div className="grow">
        <h2 className="sr-only">{node.title || typeTitle}</h2>
        <Input
          variant="borderless"
          className="ed-title"
          aria-label={t('editor:node.title')}
          placeholder={typeTitle}
          value={node.title ?? ''}
          readOnly={readOnly}
          maxLength={200}
          onChange={({ target }) => change(node.key, (old) => (target.value ? { ...old, title: target.value } : without(old, 'title')), 'edit', 'title')}
        />
        <div className="ed-sub muted">
          <KeyField key={node.key} nodeKey={node.key} readOnly={readOnly} />
          <span aria-hidden>{'·'}</span>
          <span className="cut">{typeTitle}</span>
        </div>
      </div>
      <CloseButton nodeKey={node.key} />
    </header>
  )
}

/** Closes the drawer; the focus goes back to the card. */
export function CloseButton({ nodeKey }: { nodeKey: string }) {
  const { t } = useTranslation()
  const close = () => {
    select(null)
    focusOn(nodeKey)
  }
  return (
    <button type="button" className="icon-button" aria-label={t('editor:close')} title={t('editor:close')} onClick={close}>
      <X size={16} />
    </button>
  )
}

function Foot({ node, onRun }: { node: FlowNode; onRun: () => void }) {
  const { t } = useTranslation()
  const running = useEditor((editor) => editor.running)
  const run = useRun()
  const go = (part: { node?: string; until?: string }) => {
    onRun()
    run(part)
  }
  return (
    <footer className="ed-foot">
      <Button size="small" icon={<Play size={13} />} loading={running} title={t('editor:run.nodeHint')} onClick={() => go({ node: node.key })}>
        {t('editor:run.node')}
      </Button>
      <Button size="small" icon={<StepForward size={13} />} disabled={running} title={t('editor:run.untilHint')} onClick={() => go({ until: node.key })}>
        {t('editor:run.until')}
      </Button>
    </footer>
  )
}
