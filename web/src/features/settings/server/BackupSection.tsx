import { useTranslation } from 'react-i18next'

import { useSettings } from '@/api/settings'
import { useHealth } from '@/api/stats'

import { Command, Loaded, Section } from '../parts'

/** How what the server holds is kept safe, and brought back. */
export function BackupSection() {
  const health = useHealth()
  const settings = useSettings()
  return (
    <Loaded query={health}>
      {({ database }) => (
        <Loaded query={settings}>
          {({ items }) => {
            const dir = items.find((one) => one.name === 'data-dir')?.value ?? './data'
            const ownKey = items.find((one) => one.name === 'secret-key')?.source !== 'default'
            return (
              <>
                {database === 'sqlite' ? <SQLite dir={dir} /> : <Postgres />}
                <Key dir={dir} own={ownKey} />
                <Restore dir={dir} postgres={database !== 'sqlite'} />
              </>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

function SQLite({ dir }: { dir: string }) {
  const { t } = useTranslation()
  return (
    <Section title={t('settings:backup.database')} text={t('settings:backup.sqlite')}>
      <Command text={`hookflow backup hookflow.backup --data-dir ${quoted(dir)}`} />
    </Section>
  )
}

function Postgres() {
  const { t } = useTranslation()
  return (
    <Section title={t('settings:backup.database')} text={t('settings:backup.postgres')}>
      <Command text={'pg_dump --format=custom --file=hookflow.dump "$HOOKFLOW_DATABASE_URL"'} />
    </Section>
  )
}

function Key({ dir, own }: { dir: string; own: boolean }) {
  const { t } = useTranslation()
  return (
    <Section title={t('settings:backup.key')} text={t(own ? 'settings:backup.ownKey' : 'settings:backup.keyText')}>
      {!own && <Command text={`cp ${quoted(`${dir}/secret.key`)} secret-backup.key`} />}
    </Section>
  )
}

function Restore({ dir, postgres }: { dir: string; postgres: boolean }) {
  const { t } = useTranslation()
  const restored = quoted(`${dir}-restored`)
  const lines = [
    `hookflow restore hookflow.backup --data-dir ${restored}`,
    `install -m 600 secret-backup.key ${quoted(`${dir}-restored/secret.key`)}`,
    `hookflow serve --data-dir ${restored}`,
  ]
  return (
    <Section title={t('settings:backup.restore')} text={t('settings:backup.restoreText')}>
      <Command text={postgres ? 'pg_restore --no-owner --dbname="$HOOKFLOW_DATABASE_URL" hookflow.dump' : lines.join('\n')} />
    </Section>
  )
}
