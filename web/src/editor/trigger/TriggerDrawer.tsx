import './trigger.css'

import { Select, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useTriggerTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'
import type { FlowDocument } from '@/flow/document'
import { trigger } from '@/flow/travel'
import type { FlowProblem } from '@/flow/validate'
import { SchemaForm } from '@/form/SchemaForm'
import { VariablesPanel } from '@/form/VariablesPanel'

import { changeDocument } from '../commands'
import { CloseButton } from '../drawer/NodeDrawer'
import { useProblemText } from '../parts/problemText'
import { useEditor } from '../store'
import { Configure } from './Configure'
import { TestTab } from './test/TestTab'
import { useListener } from './useListener'

interface TriggerDrawerProps {
  document: FlowDocument
  problems: FlowProblem[]
  readOnly: boolean
}

/** How the flow is called: its URLs, who may call, what is answered, what is let through; and requests to try it. */
export function TriggerDrawer({ document, problems, readOnly }: TriggerDrawerProps) {
  const { data: types = [] } = useTriggerTypes()
  const type = types.find((one) => one.type === document.trigger.type)
  return (
    <>
      <Head type={type?.type ?? document.trigger.type} icon={type?.icon} readOnly={readOnly} />
      {document.trigger.type === 'webhook' && type ? (
        <Webhook schema={type.schema} document={document} problems={problems} readOnly={readOnly} />
      ) : (
        <Other document={document} problems={problems} readOnly={readOnly} />
      )}
    </>
  )
}

function Head({ type, icon, readOnly }: { type: string; icon: string | undefined; readOnly: boolean }) {
  const { t, i18n } = useTranslation()
  const { data: types = [] } = useTriggerTypes()
  return (
    <header className="ed-head">
      <TypeIcon icon={icon} family="trigger" size={34} />
      <div className="grow">
        <h2 className="trg-name">{t('trigger:title')}</h2>
        <Select
          size="small"
          variant="borderless"
          className="trg-type"
          popupMatchSelectWidth={false}
          aria-label={t('trigger:kind')}
          value={type}
          disabled={readOnly}
          options={types.map((one) => ({ value: one.type, label: pick(one.title, i18n.language) }))}
          onChange={(next) => changeDocument((old) => ({ ...old, trigger: { type: next } }), 'trigger')}
        />
      </div>
      <CloseButton nodeKey={trigger} />
    </header>
  )
}

function Webhook({ schema, document, problems, readOnly }: TriggerDrawerProps & { schema: Parameters<typeof Configure>[0]['schema'] }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState('configure')
  const key = useEditor((editor) => editor.key)
  const listener = useListener(key)
  return (
    <Tabs
      className="ed-tabs"
      size="small"
      activeKey={tab}
      onChange={setTab}
      items={[
        { key: 'configure', label: t('trigger:tab.configure'), children: <Configure schema={schema} document={document} problems={problems} readOnly={readOnly} listener={listener} /> },
        ...(readOnly ? [] : [{ key: 'test', label: t('trigger:tab.test'), children: <TestTab document={document} listener={listener} /> }]),
        { key: 'variables', label: t('trigger:tab.variables'), children: <div className="ed-tab"><VariablesPanel /></div> },
      ]}
    />
  )
}

/** A trigger of another kind: what its schema says. */
function Other({ document, problems, readOnly }: TriggerDrawerProps) {
  const { i18n } = useTranslation()
  const textOf = useProblemText()
  const { data: types = [] } = useTriggerTypes()
  const type = types.find((one) => one.type === document.trigger.type)
  return (
    <div className="ed-tab">
      <p className="muted ed-help">{pick(type?.help, i18n.language)}</p>
      {type && (
        <SchemaForm
          key={type.type}
          schema={type.schema}
          value={document.trigger.config ?? {}}
          problems={problems.map((problem) => ({ pointer: problem.pointer, text: textOf(problem) }))}
          readOnly={readOnly}
          onChange={(config) => changeDocument((old) => ({ ...old, trigger: { ...old.trigger, config } }), 'trigger')}
        />
      )}
    </div>
  )
}
