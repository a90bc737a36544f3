import './settings.css'

import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay, useMe } from '@/api/session'
import { useTopBar } from '@/app/topbar'
import { EmptyState } from '@/components/EmptyState'

import { AddressesSection } from './addresses/AddressesSection'
import { AlertsSection } from './alerts/AlertsSection'
import { AuditSection } from './audit/AuditSection'
import { ChannelsSection } from './channels/ChannelsSection'
import { AccountSection } from './people/AccountSection'
import { KeysSection } from './people/KeysSection'
import { UsersSection } from './people/UsersSection'
import { SecretsSection } from './secrets/SecretsSection'
import { groups, sections, type SectionKey } from './sections'
import { AboutSection } from './server/AboutSection'
import { BackupSection } from './server/BackupSection'
import { EnvironmentSection } from './server/EnvironmentSection'
import { RetentionSection } from './server/RetentionSection'

const contents: Record<SectionKey, ComponentType> = {
  secrets: SecretsSection,
  channels: ChannelsSection,
  alerts: AlertsSection,
  addresses: AddressesSection,
  account: AccountSection,
  users: UsersSection,
  keys: KeysSection,
  audit: AuditSection,
  retention: RetentionSection,
  environment: EnvironmentSection,
  backup: BackupSection,
  about: AboutSection,
}

/** The settings: sections in a list, one of them shown. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { section: key } = useParams({ from: '/shell/settings/$section' })
  const section = sections.find((one) => one.key === key)
  const title = section ? t(`settings:section.${section.key}`) : t('settings:title')
  useTopBar(
    <>
      {section && <span className="muted settings-crumb">{t('settings:title')}</span>}
      <h1>{title}</h1>
    </>,
    null,
    [title, t],
  )
  return (
    <div className="settings">
      <Places />
      <div className="settings-content">{section ? <Guarded section={section} /> : <Unknown />}</div>
    </div>
  )
}

function Places() {
  const { t } = useTranslation()
  const admin = useMay('admin')
  return (
    <nav className="settings-places" aria-label={t('settings:places')}>
      {groups.map((group) => (
        <div key={group} className="settings-group">
          <h2>{t(`settings:group.${group}`)}</h2>
          {sections
            .filter((one) => one.group === group && (admin || one.role === 'viewer'))
            .map(({ key, icon: Icon }) => (
              <Link key={key} to="/settings/$section" params={{ section: key }} search={{}} className="place" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
                <Icon size={15} aria-hidden />
                {t(`settings:section.${key}`)}
              </Link>
            ))}
        </div>
      ))}
    </nav>
  )
}

function Guarded({ section }: { section: (typeof sections)[number] }) {
  const { t } = useTranslation()
  const me = useMe()
  const allowed = useMay(section.role)
  const Content = contents[section.key]
  if (allowed) return <Content key={section.key} />
  return <EmptyState title={t('settings:forbidden.title')} text={t('settings:forbidden.text', { role: t(`settings:role.${me.data?.role ?? 'viewer'}`) })} />
}

function Unknown() {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('common:notFound.title')} text={t('common:notFound.text')}>
      <Link to="/settings/$section" params={{ section: 'secrets' }}>
        {t('settings:section.secrets')}
      </Link>
    </EmptyState>
  )
}
