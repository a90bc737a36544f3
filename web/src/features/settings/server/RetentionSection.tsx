import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useWorkflowOptions } from '@/api/options'
import { useCounts, usePublicSettings } from '@/api/settings'
import type { WorkflowItem } from '@/api/workflows'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { Facts, Loaded, Section, Table } from '../parts'

const what = ['succeeded', 'failed', 'deliveries'] as const

/** How long records are kept: by default, and where workflows differ; and what was deleted. */
export function RetentionSection() {
  const { t } = useTranslation()
  const settings = usePublicSettings()
  const workflows = useWorkflowOptions()
  return (
    <>
      <Section text={t('settings:retention.text')}>
        <Loaded query={settings}>
          {({ retention }) => (
            <Facts items={what.map((one) => [t(`settings:retention.${one}`), <Kept key={one} time={retention[one]} setting={one} />])} />
          )}
        </Loaded>
      </Section>
      <Section title={t('settings:retention.differing')} text={t('settings:retention.differingText')}>
        <Loaded query={workflows}>{(all) => <Differing workflows={all.filter((one) => what.some((name) => one.retain[name]))} />}</Loaded>
      </Section>
      <Section title={t('settings:retention.sweeps')} text={t('settings:retention.sweepsText')}>
        <Loaded query={useCounts()}>{({ retention }) => <Sweeps tally={retention} />}</Loaded>
      </Section>
    </>
  )
}

function Kept({ time, setting }: { time: string | null; setting: string }) {
  const { t } = useTranslation()
  return (
    <span className="row settings-wrap">
      <strong className={time ? 'mono' : ''}>{time ?? t('settings:retention.forEver')}</strong>
      <code className="muted">{`retain-${setting}`}</code>
    </span>
  )
}

function Differing({ workflows }: { workflows: WorkflowItem[] }) {
  const { t } = useTranslation()
  if (workflows.length === 0) return <p className="muted">{t('settings:retention.none')}</p>
  return (
    <Table label={t('settings:retention.differing')} columns={[t('settings:alerts.workflow'), ...what.map((one) => t(`settings:retention.${one}`))]}>
      {workflows.map(({ key, title, retain }) => (
        <tr key={key}>
          <td>
            <Link to="/workflows/$key" params={{ key }} className="settings-name">
              {title || key}
            </Link>
          </td>
          {what.map((one) => (
            <td key={one} className="mono">
              {retain[one] ?? <span className="muted">{t('settings:retention.default')}</span>}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}

type Tally = NonNullable<ReturnType<typeof useCounts>['data']>['retention']

function Sweeps({ tally }: { tally: Tally | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!tally) return <p className="muted">{t('settings:retention.notYet')}</p>
  const figures = (freed: Tally['last']) =>
    t('settings:retention.freed', { executions: format.number(freed.executions), deliveries: format.number(freed.deliveries), bytes: format.bytes(freed.bytes) })
  return (
    <Facts
      items={[
        [t('settings:retention.at'), <Time key="at" at={tally.at} />],
        [t('settings:retention.last'), figures(tally.last)],
        [t('settings:retention.total'), figures(tally.total)],
      ]}
    />
  )
}
