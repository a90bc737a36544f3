import type { Widget } from '../context'
import { AnyWidget } from './any'
import { BodyWidget } from './body'
import { ChannelWidget, CollectionWidget, EnvWidget, FieldWidget, NodeWidget, RelationWidget, SortWidget, WorkflowWidget } from './choose'
import { ConditionWidget, FilterWidget } from './conditions'
import { FieldmapWidget, KeyValueWidget } from './keyvalue'
import { ListWidget, MultiselectWidget, NumbersWidget, OneOrMoreWidget } from './lists'
import { ObjectWidget, RowsWidget } from './object'
import { DatetimeWidget, DurationWidget, NumberWidget, SelectWidget, SizeWidget, SwitchWidget } from './scalars'
import { ExpressionWidget, HtmlWidget, JsonSchemaWidget, ScriptWidget, SqlWidget } from './scripts'
import { SecretsWidget, SecretWidget } from './secrets'
import { TextareaWidget, TextWidget } from './texts'
import { UnknownWidget } from './unknown'
import { VerificationWidget } from './verification'

/** The widgets by what the server calls them (x-ui) and by the types of values: see kindOf. */
export const widgets: Record<string, Widget> = {
  // by type
  text: TextWidget, secret: SecretWidget, secrets: SecretsWidget, number: NumberWidget, switch: SwitchWidget, select: SelectWidget, datetime: DatetimeWidget,
  list: ListWidget, numbers: NumbersWidget, multiselect: MultiselectWidget, object: ObjectWidget, rows: RowsWidget, any: AnyWidget,
  // by name
  textarea: TextareaWidget, html: HtmlWidget, body: BodyWidget, code: ScriptWidget, sql: SqlWidget, expression: ExpressionWidget, jsonschema: JsonSchemaWidget,
  duration: DurationWidget, size: SizeWidget, keyvalue: KeyValueWidget, fieldmap: FieldmapWidget, oneormore: OneOrMoreWidget,
  condition: ConditionWidget, filter: FilterWidget, collection: CollectionWidget, field: FieldWidget, relation: RelationWidget, sort: SortWidget,
  channel: ChannelWidget, workflow: WorkflowWidget, node: NodeWidget, env: EnvWidget, verification: VerificationWidget,
}

/** widgetOf is a widget by its name; one that is not known shows the value as JSON. */
export const widgetOf = (kind: string): Widget => widgets[kind] ?? UnknownWidget
