import { useTranslation } from 'react-i18next'

import { usePublicSettings } from '@/api/settings'
import { useHealth } from '@/api/stats'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { Facts, Loaded, Section } from '../parts'

const databases: Record<string, string> = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

/** What runs here, and where more of it is to be read. */
export function AboutSection() {
  const { t } = useTranslation()
  const format = useFormat()
  const settings = usePublicSettings()
  const health = useHealth()
  return (
    <>
      <Section text={t('settings:about.text')}>
        <Loaded query={health}>
          {({ version, startedAt, uptime, database, databaseBytes, processes }) => (
            <Facts
              items={[
                [t('settings:about.version'), <span key="version" className="mono">{version}</span>],
                [t('settings:about.started'), <span key="started"><Time at={startedAt} /> · {format.duration(uptime * 1000)}</span>],
                [t('settings:about.database'), `${databases[database] ?? database} · ${format.bytes(databaseBytes)}`],
                [t('settings:about.processes'), format.number(processes)],
                [t('settings:about.timezone'), settings.data?.timezone ?? ''],
                [t('settings:about.body'), settings.data ? format.bytes(settings.data.maxBodyBytes) : ''],
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Section title={t('settings:about.links')}>
        <ul className="settings-namers">
          <li>
            <a href="/api/docs" target="_blank" rel="noopener noreferrer">
              {t('settings:about.docs')}
            </a>
          </li>
          <li>
            <a href="/api/openapi.json" target="_blank" rel="noopener noreferrer">
              {t('settings:about.openapi')}
            </a>
          </li>
        </ul>
      </Section>
      <Section title={t('settings:about.licence')} text={t('settings:about.licenceText')}>
        {null}
      </Section>
    </>
  )
}
