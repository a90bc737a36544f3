import { AutoComplete, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { useChannelOptions, useCollectionOptions, useEnvOptions, useWorkflowOptions } from '@/api/options'

import type { WidgetProps } from '../context'
import { hasReference } from '../paths'
import { Dynamic, TemplateInput } from '../TemplateInput'
import { useVariables } from '../variables'
import { shared, textOf } from './texts'

interface Option {
  value: string
  /** What people call it, beside its name. */
  title?: string
}

/** One name of those that there are; another may be typed, for what is made later. */
function ChooseName({ options, value, onChange, id, ...props }: WidgetProps & { options: Option[] | undefined }) {
  const { t } = useTranslation()
  const name = textOf(value)
  const missing = options !== undefined && name !== '' && !options.some((one) => one.value === name)
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <AutoComplete
        id={id} className="field-wide" value={name} disabled={props.readOnly} aria-label={props.label} aria-describedby={props.describedBy} status={props.invalid ? 'error' : missing ? 'warning' : ''}
        options={options?.map((one) => ({ value: one.value, label: <OptionText {...one} />, title: '' }))}
        showSearch={{ filterOption: (typed, option) => name === typed || `${String(option?.value)}`.toLowerCase().includes(typed.toLowerCase()) }}
        placeholder={options?.length === 0 ? t('form:noneYet') : t('form:choose')} onChange={(next: string) => onChange(next === '' ? undefined : next)}
      />
      {missing && <p className="field-hint field-warn">{t('form:missing', { name })}</p>}
    </Dynamic>
  )
}

const OptionText = ({ value, title }: Option) => (
  <span className="row">
    <span className="mono">{value}</span>
    {title && title !== value && <span className="muted cut">{title}</span>}
  </span>
)

/** Some of the names that there are, or others. */
function ChooseNames({ options, value, onChange, id, ...props }: WidgetProps & { options: Option[] | undefined }) {
  const { t } = useTranslation()
  if (hasReference(value)) return <TemplateInput {...shared(props)} value={value} onChange={onChange} />
  return (
    <Dynamic {...shared(props)} value={value} onChange={onChange}>
      <Select
        id={id} mode="tags" className="field-wide mono" value={Array.isArray(value) ? value.map(textOf) : []} disabled={props.readOnly} aria-label={props.label}
        status={props.invalid ? 'error' : ''} aria-describedby={props.describedBy} placeholder={t('form:choose')}
        options={options?.map((one) => ({ value: one.value, label: one.value, title: one.title }))} onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
      />
    </Dynamic>
  )
}

/** A collection. */
export function CollectionWidget(props: WidgetProps) {
  const { data } = useCollectionOptions()
  return <ChooseName {...props} options={data?.map(({ name, title }) => ({ value: name, title }))} />
}

/** A channel. */
export function ChannelWidget(props: WidgetProps) {
  const { data } = useChannelOptions()
  return <ChooseName {...props} options={data?.map(({ key, title, type }) => ({ value: key, title: title || type }))} />
}

/** A workflow. */
export function WorkflowWidget(props: WidgetProps) {
  const { data } = useWorkflowOptions()
  return <ChooseName {...props} options={data?.map(({ key, title }) => ({ value: key, title }))} />
}

/** A node that has run before. */
export function NodeWidget(props: WidgetProps) {
  const nodes = useVariables().filter(({ id }) => id.startsWith('node '))
  return <ChooseName {...props} options={nodes.map(({ id, title }) => ({ value: id.slice('node '.length), title }))} />
}

/** Names of variables and secrets. */
export function EnvWidget(props: WidgetProps) {
  const { data } = useEnvOptions()
  return <ChooseNames {...props} options={data?.map(({ name }) => ({ value: name }))} />
}

const ownFields = ['id', 'createdAt', 'updatedAt']

/** useFields are the fields of the collection chosen beside a field; undefined while they are not known. */
function useFields(collection: unknown) {
  const { data } = useCollectionOptions()
  return data?.find(({ name }) => name === collection)?.fields ?? undefined
}

/** A field of the collection chosen beside it, or several. */
export function FieldWidget(props: WidgetProps) {
  const fields = useFields(props.parent.collection)
  const options = fields && [...fields.map(({ name, title }) => ({ value: name, title })), ...ownFields.map((value) => ({ value }))]
  return props.schema.type === 'array' ? <ChooseNames {...props} options={options} /> : <ChooseName {...props} options={options} />
}

/** Relations of the collection chosen beside it. */
export function RelationWidget(props: WidgetProps) {
  const fields = useFields(props.parent.collection)
  return <ChooseNames {...props} options={fields?.filter(({ type }) => type === 'relation').map(({ name, title }) => ({ value: name, title }))} />
}

/** Fields to sort by, up or down. */
export function SortWidget(props: WidgetProps) {
  const { t } = useTranslation()
  const names = [...(useFields(props.parent.collection)?.map(({ name }) => name) ?? []), ...ownFields]
  const options = names.flatMap((name) => [{ value: name, title: t('form:ascending') }, { value: `-${name}`, title: t('form:descending') }])
  return <ChooseNames {...props} options={options} />
}
