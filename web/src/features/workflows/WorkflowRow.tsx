import { Link } from '@tanstack/react-router'
import { Checkbox, Tooltip } from 'antd'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { WorkflowItem } from '@/api/workflows'
import { pick } from '@/app/i18n'
import { Sparkline } from '@/components/charts/Sparkline'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { EnabledSwitch } from './EnabledSwitch'
import { RowMenu } from './RowMenu'
import { Trigger } from './Trigger'

interface Props {
  workflow: WorkflowItem
  editor: boolean
  selected: boolean
  onSelect: (on: boolean) => void
  onFailure: (error: unknown) => void
}

/** One workflow of the table. */
export function WorkflowRow({ workflow, editor, selected, onSelect, onFailure }: Props) {
  const { t } = useTranslation()
  const name = workflow.title || workflow.key
  return (
    <tr data-selected={selected || undefined}>
      {editor && (
        <td className="workflows-check">
          <Checkbox aria-label={t('workflows:select', { name })} checked={selected} onChange={(event) => onSelect(event.target.checked)} />
        </td>
      )}
      <td className="workflows-name">
        <Name workflow={workflow} name={name} />
      </td>
      <td className="workflows-trigger">
        <Trigger trigger={workflow.trigger} />
      </td>
      <td>
        <LastDay workflow={workflow} />
      </td>
      <td>
        <Version workflow={workflow} />
      </td>
      <td>
        <EnabledSwitch workflow={workflow} editor={editor} onFailure={onFailure} />
      </td>
      {editor && (
        <td className="workflows-menu">
          <RowMenu workflow={workflow} onFailure={onFailure} />
        </td>
      )}
    </tr>
  )
}

function Name({ workflow, name }: { workflow: WorkflowItem; name: string }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="row">
        <Link className="workflows-title" to="/workflows/$key" params={{ key: workflow.key }}>
          {name}
        </Link>
        <Problems workflow={workflow} />
      </div>
      <div className="workflows-under">
        <span className="mono muted cut" title={workflow.key}>
          {workflow.key}
        </span>
        {workflow.tags.map((tag) => (
          <Link key={tag} to="/workflows" search={{ tag }} className="workflows-tag" title={t('workflows:showTag', { tag })}>
            {tag}
          </Link>
        ))}
      </div>
    </>
  )
}

function Problems({ workflow: { problems } }: { workflow: WorkflowItem }) {
  const { t, i18n } = useTranslation()
  if (problems.length === 0) return null
  const texts = problems.map((problem) => pick(problem, i18n.language))
  return (
    <Tooltip title={texts.map((text) => <div key={text}>{text}</div>)}>
      <button type="button" className="workflows-problem" aria-label={`${t('workflows:problems', { count: problems.length })}: ${texts.join('; ')}`}>
        <TriangleAlert size={13} aria-hidden />
        {t('workflows:problems', { count: problems.length })}
      </button>
    </Tooltip>
  )
}

function LastDay({ workflow: { stats, key } }: { workflow: WorkflowItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!stats) return null
  const points = stats.hours.map(({ accepted, rejected, failed }) => ({ all: accepted + rejected, bad: rejected + failed }))
  const requests = points.reduce((sum, point) => sum + point.all, 0)
  return (
    <div className="row workflows-day">
      <Sparkline points={points} label={t('workflows:day.label', { count: requests, rejected: stats.rejected24h, failed: stats.failed24h })} />
      <div className="workflows-figures">
        <div className="row num">
          <span>{format.number(requests)}</span>
          {stats.failed24h > 0 && (
            <Link to="/executions" search={{ workflow: key, status: 'failed' }} className="workflows-bad">
              {t('workflows:day.failed', { count: stats.failed24h })}
            </Link>
          )}
          {stats.rejected24h > 0 && (
            <Link to="/deliveries" search={{ workflow: key, outcome: 'rejected' }} className="workflows-bad">
              {t('workflows:day.rejected', { count: stats.rejected24h })}
            </Link>
          )}
        </div>
        <div className="muted workflows-last">{stats.lastDeliveryAt ? <Time at={stats.lastDeliveryAt} as="ago" /> : t('workflows:day.never')}</div>
      </div>
    </div>
  )
}

function Version({ workflow: { revision, hasDraft } }: { workflow: WorkflowItem }) {
  const { t } = useTranslation()
  if (revision === 0) return <span className="workflows-draft">{t('workflows:version.draft')}</span>
  return (
    <span className="row workflows-version">
      <span className="mono">{`v${revision}`}</span>
      {hasDraft && (
        <Tooltip title={t('workflows:version.changed')}>
          <span className="workflows-dot" role="img" aria-label={t('workflows:version.changed')} />
        </Tooltip>
      )}
    </span>
  )
}
