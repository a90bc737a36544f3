import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Bell } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useWorkflowOptions } from '@/api/options'
import { useMay } from '@/api/session'
import type { WorkflowItem } from '@/api/workflows'
import { EmptyState } from '@/components/EmptyState'

import { Loaded, Section, Table } from '../parts'
import { handlersOf } from './alert'
import { HandlerChoice } from './HandlerChoice'
import { NewAlertDialog } from './NewAlertDialog'
import { TryButton } from './TryButton'

/** Who is told when a workflow fails. */
export function AlertsSection() {
  const { t } = useTranslation()
  const workflows = useWorkflowOptions()
  const editor = useMay('editor')
  const [making, setMaking] = useState(false)
  const add = (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('settings:alerts.new')}
    </Button>
  )
  return (
    <>
      <Section text={t('settings:alerts.text')} action={editor && workflows.data && handlersOf(workflows.data).length > 0 && add}>
        <Loaded query={workflows}>
          {(all) =>
            handlersOf(all).length === 0 ? (
              <EmptyState icon={<Bell size={28} />} title={t('settings:alerts.empty')} text={t('settings:alerts.emptyText')}>
                {editor && add}
              </EmptyState>
            ) : (
              <Handlers all={all} editor={editor} />
            )
          }
        </Loaded>
      </Section>
      {workflows.data && workflows.data.length > 0 && <Workflows all={workflows.data} editor={editor} />}
      {making && <NewAlertDialog workflows={workflows.data ?? []} onClose={() => setMaking(false)} />}
    </>
  )
}

function Handlers({ all, editor }: { all: WorkflowItem[]; editor: boolean }) {
  const { t } = useTranslation()
  return (
    <Table label={t('settings:alerts.handlers')} columns={[t('settings:alerts.handler'), t('settings:alerts.looksAfter'), ...(editor ? [null] : [])]}>
      {handlersOf(all).map((handler) => (
        <tr key={handler.key}>
          <td>
            <WorkflowName workflow={handler} />
          </td>
          <td>{t('settings:alerts.count', { count: all.filter((one) => one.onError === handler.key).length })}</td>
          {editor && (
            <td className="settings-actions">
              <TryButton handler={handler} />
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}

function Workflows({ all, editor }: { all: WorkflowItem[]; editor: boolean }) {
  const { t } = useTranslation()
  const handlers = new Set(handlersOf(all).map((one) => one.key))
  const others = all.filter((one) => !handlers.has(one.key))
  if (others.length === 0) return null
  return (
    <Section title={t('settings:alerts.byWorkflow')} text={t('settings:alerts.byWorkflowText')}>
      <Table label={t('settings:alerts.byWorkflow')} columns={[t('settings:alerts.workflow'), t('settings:alerts.onFailure')]}>
        {others.map((one) => (
          <tr key={one.key}>
            <td>
              <WorkflowName workflow={one} />
            </td>
            <td>
              <HandlerChoice workflow={one} all={all} editor={editor} />
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  )
}

function WorkflowName({ workflow: { key, title } }: { workflow: WorkflowItem }) {
  return (
    <span className="settings-stack">
      <Link to="/workflows/$key" params={{ key }} className="settings-name">
        {title || key}
      </Link>
      {title && <span className="mono muted settings-break">{key}</span>}
    </span>
  )
}
