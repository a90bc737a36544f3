import { Button } from 'antd'
import { WandSparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { useSample } from '@/api/drafts'
import { pick } from '@/app/i18n'
import { Shown } from '@/components/json/Shown'
import { parsePath, referencesOf, valueAt } from '@/form/paths'
import { SchemaForm } from '@/form/SchemaForm'

import { useEditor } from '../store'
import { objectOf } from './Answer'
import type { StepProps } from './Configure'
import { setTrigger } from './config'
import { plainly } from './EndpointStep'
import { Fold } from './Fold'
import { schemaOf } from './schemaOf'
import { within } from './within'

/** Which requests run the workflow: not every one, none twice, none of another shape. */
export function Filter({ schema, config, problems, readOnly, scheme }: StepProps & { scheme: SchemeType | undefined }) {
  const { t, i18n } = useTranslation()
  const dedupe = schema.properties?.dedupe
  return (
    <>
      <SchemaForm schema={schema} only={['filter']} value={config} problems={problems} readOnly={readOnly} onChange={(next) => setTrigger('filter', { filter: next.filter })} />
      <h4>{t('trigger:filter.dedupe')}</h4>
      <p className="muted trg-small">{t(scheme?.id?.length ? 'trigger:filter.known' : 'trigger:filter.dedupeHelp', { scheme: pick(scheme?.title, i18n.language) })}</p>
      {dedupe && (
        <SchemaForm schema={{ ...dedupe, $defs: schema.$defs }} value={objectOf(config.dedupe)} problems={within(problems, '/dedupe')} readOnly={readOnly} onChange={(next) => setTrigger('dedupe', { dedupe: next })} />
      )}
      <KeyOnSample template={keyOf(config, scheme)} />
      <Fold label={t('trigger:filter.schema')} open={config.schema !== undefined}>
        {!readOnly && <MakeSchema has={config.schema !== undefined} />}
        <SchemaForm
          schema={{ ...schema, properties: plainly(schema.properties ?? {}) }}
          only={['schema']}
          value={config}
          problems={problems}
          readOnly={readOnly}
          onChange={(next) => setTrigger('schema', { schema: next.schema })}
        />
      </Fold>
    </>
  )
}

/** keyOf is what tells events apart: the given key, or the first that the scheme knows of its provider. */
function keyOf(config: Record<string, unknown>, scheme: SchemeType | undefined): string[] {
  const { key } = objectOf(config.dedupe)
  return typeof key === 'string' && key !== '' ? [key] : config.dedupe ? (scheme?.id ?? []) : []
}

/** What the key of the sample is, so that one sees whether it tells events apart. */
function KeyOnSample({ template }: { template: string[] }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const { data: sample } = useSample(key)
  if (template.length === 0) return null
  if (!sample) return <p className="muted trg-small">{t('trigger:filter.noSample')}</p>
  const value = template.map((text) => written(text, sample.context)).find((text) => text !== '')
  return (
    <p className="trg-small" role="status">
      {value ? t('trigger:filter.value') : t('trigger:filter.empty')} {value && <code><Shown text={value} /></code>}
    </p>
  )
}

/** written is a template with what its variables are in the sample. */
function written(template: string, context: unknown): string {
  const parts = referencesOf(template)
  if (parts.length === 0) return template
  const values = parts.map(({ path }) => {
    const parsed = parsePath(path)
    return parsed?.root === '$context' ? valueAt(context, parsed.steps) : undefined
  })
  if (values.every((value) => value === undefined || value === null || value === '')) return ''
  return parts.reduceRight((text, { from, to }, index) => text.slice(0, from) + asText(values[index]) + text.slice(to), template)
}

const asText = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))

function MakeSchema({ has }: { has: boolean }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const { data: sample } = useSample(key)
  const body = objectOf(sample?.context).data
  return (
    <div>
      <Button size="small" icon={<WandSparkles size={13} />} disabled={body === undefined} title={body === undefined ? t('trigger:filter.noSample') : undefined} onClick={() => setTrigger('schema', { schema: schemaOf(body) })}>
        {t(has ? 'trigger:filter.makeAgain' : 'trigger:filter.make')}
      </Button>
    </div>
  )
}
