import { Alert, Button, Segmented } from 'antd'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { useNodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { allNodes } from '@/flow/tree'
import { SchemaForm } from '@/form/SchemaForm'

import { create } from '../commands'
import type { StepProps } from './Configure'
import { setTrigger } from './config'
import { within } from './within'

/** What the caller gets: an answer at once, or what the workflow answers. */
export function Answer({ schema, document, config, problems, readOnly }: StepProps) {
  const { t } = useTranslation()
  const mode = config.mode === 'sync' ? 'sync' : 'async'
  const part = mode === 'sync' ? 'sync' : 'response'
  const inner = schema.properties?.[part]
  return (
    <>
      <Segmented<string>
        block
        aria-label={t('trigger:step.answer')}
        disabled={readOnly}
        value={mode}
        onChange={(next) => setTrigger('mode', { mode: next === 'sync' ? 'sync' : undefined })}
        options={[
          { value: 'async', label: t('trigger:answer.async') },
          { value: 'sync', label: t('trigger:answer.sync') },
        ]}
      />
      <p className="muted trg-small">{t(mode === 'sync' ? 'trigger:answer.syncHelp' : 'trigger:answer.asyncHelp')}</p>
      {mode === 'sync' && <Respond document={document} readOnly={readOnly} />}
      {inner && (
        <SchemaForm
          key={part}
          schema={{ ...inner, $defs: schema.$defs }}
          value={objectOf(config[part])}
          problems={within(problems, `/${part}`)}
          readOnly={readOnly}
          onChange={(next) => setTrigger(part, { [part]: next })}
        />
      )}
    </>
  )
}

/** objectOf is a value as a form takes it. */
export const objectOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})

function Respond({ document, readOnly }: Pick<StepProps, 'document' | 'readOnly'>) {
  const { t, i18n } = useTranslation()
  const { data: types } = useNodeTypes()
  const type = types?.items.find((one) => one.type === 'response')
  const node = allNodes(document.nodes).find((one) => one.type === 'response' && !one.disabled)
  if (!type) return null
  const name = pick(type.title, i18n.language)
  if (node) return <p className="trg-small">{t('trigger:answer.by', { name: node.title || name, key: node.key })}</p>
  return (
    <Alert
      type="warning"
      showIcon
      title={t('trigger:answer.nobody', { name })}
      action={
        !readOnly && (
          <Button size="small" icon={<Plus size={13} />} onClick={() => create(type, { branch: [], index: document.nodes.length })}>
            {t('trigger:answer.add')}
          </Button>
        )
      }
    />
  )
}
