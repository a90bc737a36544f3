import { Button } from 'antd'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useCheckSettings, useSettings, type Setting, type SettingsCheck } from '@/api/settings'
import { pick } from '@/app/i18n'
import { CopyButton } from '@/components/CopyButton'
import { EmptyState } from '@/components/EmptyState'
import { Failure } from '@/components/Failure'

import { Filter, useParameter } from '../filters'
import { Loaded, Section, Table } from '../parts'

/** What the server was started with, and whether the world finds it. */
export function EnvironmentSection() {
  const { t } = useTranslation()
  const settings = useSettings()
  return (
    <>
      <Check />
      <Section title={t('settings:environment.settings')} text={t('settings:environment.settingsText')}>
        <Filter label={t('settings:environment.filter')} />
        <Loaded query={settings}>{({ items }) => <Settings items={items} />}</Loaded>
      </Section>
    </>
  )
}

function Check() {
  const { t } = useTranslation()
  const check = useCheckSettings()
  return (
    <Section
      title={t('settings:environment.check')}
      text={t('settings:environment.checkText')}
      action={
        <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
          {t('settings:environment.checkNow')}
        </Button>
      }
    >
      <Failure error={check.error} />
      <div role="status">{check.data && <Report report={check.data} />}</div>
    </Section>
  )
}

const goodProxy = new Set(['direct', 'forwarded'])

function Report({ report: { publicURL, proxy } }: { report: SettingsCheck }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="panel settings-report">
      <Line good={publicURL.verdict === 'ok'} title={t('settings:environment.publicURL')}>
        <p className="row settings-wrap">
          <code className="settings-break">{publicURL.url}</code>
          <CopyButton text={publicURL.url} />
          <span className="settings-chip">{t(publicURL.set ? 'settings:environment.set' : 'settings:environment.guessed')}</span>
        </p>
        <p>{pick(publicURL.detail, i18n.language)}</p>
      </Line>
      <Line good={goodProxy.has(proxy.verdict)} title={t('settings:environment.proxy')}>
        <p>{pick(proxy.detail, i18n.language)}</p>
        <p className="muted">
          {t('settings:environment.seen', { peer: proxy.peer, client: proxy.clientIP, scheme: proxy.https ? 'https' : 'http' })}
        </p>
        {proxy.headers.map(({ name, value }) => (
          <p key={name + value} className="mono settings-break">
            {name}: {value}
          </p>
        ))}
      </Line>
    </div>
  )
}

function Line({ good, title, children }: { good: boolean; title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="settings-line">
      {good ? <CircleCheck size={16} color="var(--ok)" aria-hidden /> : <TriangleAlert size={16} color="var(--warn)" aria-hidden />}
      <div className="settings-stack">
        <h3>
          {title}
          <span className="sr-only"> {t(good ? 'settings:environment.good' : 'settings:environment.look')}</span>
        </h3>
        {children}
      </div>
    </div>
  )
}

function Settings({ items }: { items: Setting[] }) {
  const { t, i18n } = useTranslation()
  const [q, setQ] = useParameter('q')
  const words = (one: Setting) => `${one.name} ${one.env} ${pick(one.description, i18n.language)}`.toLowerCase()
  const found = items.filter((one) => !q || words(one).includes(q.toLowerCase()))
  if (found.length === 0)
    return (
      <EmptyState title={t('settings:filtered')}>
        <Button onClick={() => setQ(undefined)}>{t('settings:clearFilters')}</Button>
      </EmptyState>
    )
  return (
    <Table label={t('settings:environment.settings')} columns={[t('settings:environment.setting'), t('settings:environment.value'), t('settings:environment.source')]}>
      {found.map((one) => (
        <SettingRow key={one.name} setting={one} />
      ))}
    </Table>
  )
}

function SettingRow({ setting }: { setting: Setting }) {
  const { t, i18n } = useTranslation()
  const { name, env, value, source, description, defaultText, default: preset } = setting
  const inWords = pick(defaultText, i18n.language)
  return (
    <tr>
      <td>
        <div className="mono settings-strong">{name}</div>
        <div className="muted">{pick(description, i18n.language)}</div>
        <code className="muted settings-break">{env}</code>
      </td>
      <td className="settings-value">
        <span className={value === null ? 'muted' : 'mono settings-break'}>{value ?? inWords}</span>
        {source !== 'default' && (preset || inWords) && <span className="settings-hint">{t('settings:environment.default', { value: preset || inWords })}</span>}
      </td>
      <td>
        <span className="settings-chip">{t(`settings:source.${source}`)}</span>
      </td>
    </tr>
  )
}
