import { useTranslation } from 'react-i18next'
import { useMemo, useRef } from 'react'

import { Code } from '@/components/code/Code'

import type { WidgetProps } from '../context'
import { useLooks } from '../looks'
import { hasReference } from '../paths'
import { aimAt } from '../target'
import { TemplateInput } from '../TemplateInput'
import { useVariables } from '../variables'
import { JsonField } from './json'
import { ScriptTest } from './ScriptTest'
import { shared, textOf } from './texts'

const names = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : [])

/** JavaScript, with a test of it where it stands. */
export function ScriptWidget({ value, onChange, parent, ...props }: WidgetProps) {
  const { t } = useTranslation()
  const groups = useVariables()
  const words = useMemo(
    () => [
      ...['context', 'steps', 'env'].map((path) => ({ path, detail: t(`form:script.global.${path}`) })),
      ...names(parent.params).map((path) => ({ path, detail: t('form:script.global.param') })),
      ...['fetch', 'require', 'console', 'await', 'return', 'crypto', 'Buffer', 'URL', 'structuredClone'].map((path) => ({ path, detail: '' })),
      ...groups.filter(({ id }) => id.startsWith('node ')).map(({ id, title }) => ({ path: id.slice('node '.length), detail: title })),
    ],
    [groups, parent.params, t],
  )
  const code = textOf(value)
  return (
    <div className="form-stack grow">
      <Code language="javascript" value={code} onChange={(next) => onChange(next || undefined)} label={props.label} readOnly={props.readOnly} invalid={props.invalid} describedBy={props.describedBy} words={words} least={8} />
      {!props.readOnly && <ScriptTest code={code} config={parent} />}
    </div>
  )
}

/** An expression; in some engines {{variables}} stand for their values. */
export function ExpressionWidget({ value, onChange, parent, ...props }: WidgetProps) {
  return <VariableCode {...props} value={value} onChange={onChange} language={parent.engine === undefined || parent.engine === 'javascript' ? 'expression' : 'text'} least={2} />
}

/** A statement in SQL. */
export function SqlWidget(props: WidgetProps) {
  return <Code language="text" value={textOf(props.value)} onChange={(next) => props.onChange(next || undefined)} label={props.label} readOnly={props.readOnly} invalid={props.invalid} describedBy={props.describedBy} least={4} />
}

/** HTML with variables. */
export function HtmlWidget(props: WidgetProps) {
  return <VariableCode {...props} language="text" least={5} />
}

/** Code in which variables stand as pills. */
function VariableCode({ value, onChange, label, readOnly, invalid, describedBy, least }: Pick<WidgetProps, 'value' | 'onChange' | 'label' | 'readOnly' | 'invalid' | 'describedBy'> & { language: string; least: number }) {
  const looks = useLooks()
  const insert = useRef<((text: string) => void) | null>(null)
  return (
    <Code
      language="text" bare value={textOf(value)} onChange={(next) => onChange(next || undefined)} label={label} readOnly={readOnly} invalid={invalid} describedBy={describedBy} least={least} variables={looks}
      inserter={(next) => void (insert.current = next)} onFocus={() => aimAt({ label, insert: (text) => insert.current?.(text) })}
    />
  )
}

/** A JSON Schema. */
export function JsonSchemaWidget({ value, onChange, ...props }: WidgetProps) {
  if (hasReference(value)) return <TemplateInput {...shared(props)} value={value} onChange={(text) => onChange(text || undefined)} />
  return <JsonField {...shared(props)} literal value={value} onChange={onChange} least={6} />
}
