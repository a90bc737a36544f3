import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { Code } from '@/components/code/Code'

import type { WidgetProps } from '../context'
import { hasReference } from '../paths'
import { TemplateInput } from '../TemplateInput'
import { VariableCode } from '../VariableCode'
import { useVariables } from '../variables'
import { JsonField } from './json'
import { ScriptTest } from './ScriptTest'
import { shared, textOf } from './texts'

/** coded is what a field of code has of a widget. */
const coded = ({ value, onChange, label, readOnly, invalid, describedBy }: WidgetProps) => ({
  value: textOf(value), onChange: (next: string) => onChange(next || undefined), label, readOnly, invalid, describedBy,
})

const names = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : [])

/** JavaScript, with a test of it where it stands. */
export function ScriptWidget(props: WidgetProps) {
  const { parent } = props
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
  return (
    <div className="form-stack grow">
      <Code {...coded(props)} language="javascript" words={words} least={8} />
      {!props.readOnly && <ScriptTest code={textOf(props.value)} config={parent} />}
    </div>
  )
}

/** An expression; in most engines {{variables}} stand for their values. */
export function ExpressionWidget(props: WidgetProps) {
  return <VariableCode {...coded(props)} language="text" least={2} />
}

/** A statement in SQL. */
export function SqlWidget(props: WidgetProps) {
  return <Code {...coded(props)} language="text" least={4} />
}

/** HTML with variables. */
export function HtmlWidget(props: WidgetProps) {
  return <VariableCode {...coded(props)} language="text" least={5} />
}

/** A JSON Schema. */
export function JsonSchemaWidget({ value, onChange, ...props }: WidgetProps) {
  if (hasReference(value)) return <TemplateInput {...shared(props)} value={value} onChange={(text) => onChange(text || undefined)} />
  return <JsonField {...shared(props)} literal value={value} onChange={onChange} least={6} />
}
