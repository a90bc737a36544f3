import { Button, Input, Select } from 'antd'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { Schemas } from '@/api/client'
import { useOpenTest, type Endpoint, type Side } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { ApiError } from '@/api/client'
import { CopyButton } from '@/components/CopyButton'
import { useFormat } from '@/components/format'
import { SchemaForm } from '@/form/SchemaForm'

import { useEditor } from '../store'
import { methodsOf, pathOf, type StepProps } from './Configure'
import { setTrigger } from './config'
import { Fold } from './Fold'
import { Issues, verificationPointer } from './Issues'
import { Labelled } from './Labelled'

interface EndpointStepProps extends StepProps {
  endpoint: Endpoint | undefined
  error: unknown
  check: Schemas['PathCheck'] | undefined
}

const limits = ['maxBytes', 'rateLimit', 'cors']
/** Where requests come in. */
export function EndpointStep({ schema, document, config, problems, readOnly, endpoint, error, check }: EndpointStepProps) {
  const { t } = useTranslation()
  return (
    <>
      <Urls endpoint={endpoint} readOnly={readOnly} />
      {error instanceof ApiError && !endpoint && <p className="ed-error">{error.problem.detail}</p>}
      <Path document={document} readOnly={readOnly} check={check} problems={problems} />
      <Methods schema={schema} config={config} readOnly={readOnly} />
      <Issues endpoint={endpoint} of={(pointer) => !pointer.startsWith(verificationPointer)} />
      <Fold label={t('trigger:endpoint.limits')} open={limits.some((name) => config[name] !== undefined)}>
        <SchemaForm schema={{ ...schema, properties: plainly(schema.properties ?? {}) }} only={limits} value={config} problems={problems} readOnly={readOnly} onChange={(next) => setTrigger('limits', pickFrom(next, limits))} />
      </Fold>
    </>
  )
}

/** plainly shows fields that are rare elsewhere: they are folded here already. */
export const plainly = (properties: NonNullable<StepProps['schema']['properties']>) =>
  Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, { ...field, 'x-more': undefined }]))

/** pickFrom are some members of a form's value, also those that it took away. */
export const pickFrom = (value: Record<string, unknown>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, value[name]]))

function Urls({ endpoint, readOnly }: { endpoint: Endpoint | undefined; readOnly: boolean }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const open = useOpenTest(key)
  const closed = endpoint && endpoint.test.answersWith === null
  return (
    <div className="trg-urls">
      <UrlRow label={t('trigger:endpoint.live')} side={endpoint?.live} hint={t('trigger:endpoint.liveHint')} />
      <UrlRow label={t('trigger:endpoint.test')} side={endpoint?.test} hint={t('trigger:endpoint.testHint')}>
        {closed && !readOnly && (
          <Button size="small" loading={open.isPending} onClick={() => open.mutate()}>
            {t('trigger:endpoint.open')}
          </Button>
        )}
      </UrlRow>
    </div>
  )
}

function UrlRow({ label, side, hint, children }: { label: string; side: Side | undefined; hint: string; children?: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="trg-url" role="group" aria-label={label}>
      <div className="row">
        <strong>{label}</strong>
        {side && <AnswerChip side={side} />}
        <span className="grow" />
        {children}
      </div>
      <div className="trg-url-text">
        <code className="grow" translate="no">
          {side?.url ?? '…'}
        </code>
        <CopyButton text={side?.url ?? ''} label={t('trigger:copyOf', { name: label })} />
      </div>
      <p className="muted trg-small">
        <Reason side={side} hint={hint} />
      </p>
    </div>
  )
}

/** What answers at a URL. */
function AnswerChip({ side }: { side: Side }) {
  const { t } = useTranslation()
  if (side.answersWith === 'draft') return <span className="ed-chip ed-draft">{t('trigger:endpoint.withDraft')}</span>
  if (side.answersWith === 'published') return <span className="ed-chip ed-ok">{t('trigger:endpoint.withPublished', { n: side.revision })}</span>
  return <span className="ed-chip">{t('trigger:endpoint.silent')}</span>
}

function Reason({ side, hint }: { side: Side | undefined; hint: string }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  if (side?.reason) return pick(side.reason, i18n.language)
  if (side?.openUntil) return t('trigger:endpoint.until', { time: format.clock(side.openUntil) })
  return hint
}

function Path({ document, readOnly, check, problems }: Pick<EndpointStepProps, 'document' | 'readOnly' | 'check' | 'problems'>) {
  const { t } = useTranslation()
  const id = useId()
  const published = useEditor((editor) => editor.published)
  const path = document.trigger.config?.path
  const moves = published?.trigger.type === 'webhook' && pathOf(published) !== pathOf(document)
  const own = problems.filter(({ pointer }) => pointer.startsWith('/path')).map(({ text }) => text)
  const wrong = check && !check.ok
  return (
    <Labelled label={t('trigger:endpoint.path')} help={t('trigger:endpoint.pathHelp')} id={id}>
      <Input
        id={id}
        className="mono"
        prefix={<span className="muted">{'/api/webhooks/'}</span>}
        value={typeof path === 'string' ? path : ''}
        placeholder={document.key}
        readOnly={readOnly}
        maxLength={512}
        spellCheck={false}
        status={wrong || own.length > 0 ? 'error' : undefined}
        aria-invalid={wrong || own.length > 0}
        aria-describedby={`${id}-said`}
        onChange={({ target }) => setTrigger('path', { path: target.value.trim() })}
      />
      <div id={`${id}-said`} role="status">
        {own.map((text) => <p key={text} className="ed-error">{text}</p>)}
        {wrong && <Collision check={check} />}
        {moves && !wrong && <p className="trg-note">{t('trigger:endpoint.moves')}</p>}
      </div>
    </Labelled>
  )
}

function Collision({ check: { problem, conflict } }: { check: Schemas['PathCheck'] }) {
  const { t } = useTranslation()
  if (!conflict) return <p className="ed-error">{problem}</p>
  return (
    <p className="ed-error">
      {t('trigger:endpoint.taken', { method: conflict.method, pattern: conflict.pattern })}{' '}
      <Link to="/workflows/$key" params={{ key: conflict.workflow }} search={{}}>
        {conflict.title || conflict.workflow}
      </Link>
    </p>
  )
}

function Methods({ schema, config, readOnly }: Pick<StepProps, 'schema' | 'config' | 'readOnly'>) {
  const { t } = useTranslation()
  const id = useId()
  const all = (schema.properties?.methods?.items?.enum ?? []) as string[]
  return (
    <Labelled label={t('trigger:endpoint.methods')} id={id}>
      <Select
        id={id}
        mode="multiple"
        disabled={readOnly}
        value={methodsOf(config)}
        options={all.map((value) => ({ value, label: value }))}
        onChange={(methods: string[]) => setTrigger('methods', { methods: all.filter((one) => methods.includes(one)) })}
      />
    </Labelled>
  )
}
