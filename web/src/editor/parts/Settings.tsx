import { useQuery } from '@tanstack/react-query'
import { Drawer, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'
import { ErrorState } from '@/components/ErrorState'
import type { FlowDocument } from '@/flow/document'
import { SchemaForm } from '@/form/SchemaForm'
import { without } from '@/flow/without'
import { api, data } from '@/api/client'

import { changeDocument } from '../commands'

/** The Workflow schema of the API's own description, which says what a workflow can be set to. */
const useWorkflowSchema = () =>
  useQuery({
    queryKey: ['openapi', 'Workflow'],
    staleTime: Infinity,
    queryFn: async () => {
      const description = await data(api.GET('/api/openapi.json' as never, {} as never))
      return (description as { components: { schemas: { Workflow: Schema } } }).components.schemas.Workflow
    },
  })

/** literal has the texts of a schema's fields mean themselves: they take no variables. */
const literal = (schema: Schema): Schema => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, { ...field, 'x-literal': true }])),
})

/** What belongs to the workflow and to no node of it. */
export function Settings({ document, readOnly, onClose }: { document: FlowDocument; readOnly: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { data: schema, error, refetch } = useWorkflowSchema()
  const { title, tags, options = {} } = document
  return (
    <Drawer open title={t('editor:more.settings')} size={420} onClose={onClose} aria-label={t('editor:more.settings')}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !schema && <Skeleton active />}
      {schema && (
        <>
          <SchemaForm
            schema={literal(schema)}
            only={['title', 'tags']}
            value={{ ...(title && { title }), ...(tags && { tags }) }}
            readOnly={readOnly}
            onChange={(next) => changeDocument((old) => ({ ...without(old, 'title', 'tags'), ...next }), 'settings')}
          />
          <SchemaForm
            schema={literal({ ...schema.properties?.options, $defs: schema.$defs })}
            value={options}
            readOnly={readOnly}
            onChange={(next) => changeDocument((old) => ({ ...without(old, 'options'), ...(Object.keys(next).length > 0 && { options: next }) }), 'settings')}
          />
        </>
      )}
    </Drawer>
  )
}
