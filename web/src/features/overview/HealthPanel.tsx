import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useHealth, type Health } from '@/api/stats'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { Panel } from './Panel'

/** Seconds that the oldest execution may wait before people should know. */
const behind = 60

/** What waits, and how the server is. */
export function HealthPanel() {
  const { t } = useTranslation()
  return (
    <Panel title={t('overview:health.title')} query={useHealth()}>
      {(health) => (
        <>
          <Verdict health={health} />
          <Facts health={health} />
        </>
      )}
    </Panel>
  )
}

function Verdict({ health: { oldestQueued } }: { health: Health }) {
  const { t } = useTranslation()
  const format = useFormat()
  const late = (oldestQueued ?? 0) > behind
  const Icon = late ? TriangleAlert : CircleCheck
  return (
    <p className="row" role="status" style={{ color: `var(--${late ? 'warn' : 'ok'})` }}>
      <Icon size={14} aria-hidden />
      {late ? t('overview:health.behind', { age: format.duration((oldestQueued ?? 0) * 1000) }) : t('overview:health.well')}
    </p>
  )
}

function Facts({ health }: { health: Health }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queue = t('overview:health.queued', { count: health.queued })
  return (
    <dl className="overview-facts">
      <Fact name={t('overview:health.queue')}>
        {health.oldestQueued === null ? queue : t('overview:health.since', { queue, age: format.duration(health.oldestQueued * 1000) })}
      </Fact>
      <Fact name={t('overview:health.running')}>{t('overview:health.going', { running: health.running, waiting: health.waiting })}</Fact>
      <Fact name={t('overview:health.database')}>{`${t(`overview:health.${health.database}`)} · ${format.bytes(health.databaseBytes)}`}</Fact>
      <Fact name={t('overview:health.processes')}>{format.number(health.processes)}</Fact>
      <Fact name={t('overview:health.started')}>
        <Time at={health.startedAt} as="ago" />
      </Fact>
      <Fact name={t('overview:health.version')}>
        <span className="mono">{health.version}</span>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  )
}
