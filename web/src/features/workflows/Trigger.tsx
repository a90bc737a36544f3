import { useTranslation } from 'react-i18next'

import { useSchemes, useTriggerTypes } from '@/api/catalogue'
import type { WorkflowItem } from '@/api/workflows'
import { pick } from '@/app/i18n'
import { CopyButton } from '@/components/CopyButton'

import { addressOf } from './address'

/** Where a workflow is called, in how far it answers by itself, and how callers are verified. */
export function Trigger({ trigger }: { trigger: WorkflowItem['trigger'] }) {
  const { t, i18n } = useTranslation()
  const types = useTriggerTypes().data
  const scheme = useSchemes().data?.find((one) => one.key === trigger.scheme)
  const type = pick(types?.find((one) => one.type === trigger.type)?.title, i18n.language) || trigger.type
  if (trigger.path === undefined) return <span>{type}</span>
  const facts = [trigger.methods?.join(' '), trigger.mode && t(`workflows:mode.${trigger.mode}`), scheme && pick(scheme.title, i18n.language)]
  return (
    <>
      <div className="row workflows-path">
        <code className="cut" title={`${type}: ${addressOf(trigger.path)}`}>{`/${trigger.path}`}</code>
        <CopyButton text={addressOf(trigger.path)} label={t('workflows:copyURL')} />
      </div>
      <div className="muted cut">{facts.filter(Boolean).join(' · ')}</div>
    </>
  )
}
