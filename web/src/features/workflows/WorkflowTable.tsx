import { Checkbox, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { useMay } from '@/api/session'
import type { WorkflowItem } from '@/api/workflows'

import { WorkflowRow } from './WorkflowRow'

interface Props {
  /** undefined before the first answer. */
  workflows: WorkflowItem[] | undefined
  selected: string[]
  onSelect: (keys: string[]) => void
  onFailure: (error: unknown) => void
  stale: boolean
}

/** The workflows as a table, some of them selected. */
export function WorkflowTable({ workflows, selected, onSelect, onFailure, stale }: Props) {
  const { t } = useTranslation()
  const editor = useMay('editor')
  if (!workflows) return <Loading />
  const all = workflows.length > 0 && selected.length === workflows.length
  const toggle = (key: string, on: boolean) => onSelect(on ? [...selected, key] : selected.filter((other) => other !== key))
  return (
    <div className="panel workflows-frame">
      <table className="workflows-table" aria-label={t('workflows:title')} aria-busy={stale}>
        <thead>
          <tr>
            {editor && (
              <th className="workflows-check">
                <Checkbox
                  aria-label={t('workflows:selectAll')}
                  checked={all}
                  indeterminate={!all && selected.length > 0}
                  onChange={(event) => onSelect(event.target.checked ? workflows.map((item) => item.key) : [])}
                />
              </th>
            )}
            <th>{t('workflows:column.name')}</th>
            <th>{t('workflows:column.trigger')}</th>
            <th>{t('workflows:column.day')}</th>
            <th>{t('workflows:column.version')}</th>
            <th>{t('workflows:column.enabled')}</th>
            {editor && (
              <th>
                <span className="sr-only">{t('workflows:column.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {workflows.map((item) => (
            <WorkflowRow
              key={item.key}
              workflow={item}
              editor={editor}
              selected={selected.includes(item.key)}
              onSelect={(on) => toggle(item.key, on)}
              onFailure={onFailure}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Loading() {
  return (
    <div className="panel workflows-loading" aria-busy>
      <Skeleton active title={false} paragraph={{ rows: 6, width: '100%' }} />
    </div>
  )
}
