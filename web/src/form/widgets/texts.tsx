import type { WidgetProps } from '../context'
import { TemplateInput } from '../TemplateInput'

/** textOf is a value as a text field shows it. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value))

/** hintOf is what stands in an empty field: its default, or an example. */
export function hintOf({ default: fallback, examples }: WidgetProps['schema']): string {
  const value = fallback ?? examples?.[0]
  return value === undefined ? '' : textOf(value)
}

/** One line of text. */
export function TextWidget({ schema, value, onChange, ...props }: WidgetProps) {
  return <TemplateInput {...shared(props)} value={textOf(value)} placeholder={hintOf(schema)} onChange={onChange} />
}

/** Several lines of text. */
export function TextareaWidget({ schema, value, onChange, ...props }: WidgetProps) {
  return <TemplateInput {...shared(props)} value={textOf(value)} placeholder={hintOf(schema)} onChange={onChange} multiline />
}

/** shared is what every field that takes text has of a widget. */
export const shared = ({ label, readOnly, invalid, describedBy, literal }: Pick<WidgetProps, 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'literal'>) => ({
  label, readOnly, invalid, describedBy, literal,
})
