import './shell.css'

import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Dropdown, Segmented, Tooltip } from 'antd'
import { History, Inbox, LayoutDashboard, LogOut, Moon, Search, Settings2, Sun, Table2, Workflow } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { whenUnauthorized } from '@/api/client'
import { useLogout, useMe } from '@/api/session'
import { ConnectionBanner } from '@/components/ConnectionBanner'

import { Logo } from './Logo'
import { usePreferences, type Language } from './preferences'
import { useTop } from './topbar'

const CommandPalette = lazy(async () => ({ default: (await import('@/features/palette/CommandPalette')).CommandPalette }))

const places = [
  { to: '/', text: 'common:nav.overview', icon: LayoutDashboard },
  { to: '/workflows', text: 'common:nav.workflows', icon: Workflow },
  { to: '/deliveries', text: 'common:nav.deliveries', icon: Inbox },
  { to: '/executions', text: 'common:nav.executions', icon: History },
  { to: '/collections', text: 'common:nav.collections', icon: Table2 },
  { to: '/settings', text: 'common:nav.settings', icon: Settings2 },
] as const

/** The frame of every page behind the log-in: places at the side, the bar at the top. */
export function Shell() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  useEffect(() => {
    const toLogin = () => void navigate({ to: '/login', search: { next: location.pathname + location.search } })
    if (me.isError) toLogin()
    return whenUnauthorized(toLogin)
  }, [me.isError, navigate])
  if (!me.data) return null
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <nav className="side" aria-label={t('common:nav.label')}>
        <Link to="/" className="brand">
          <Logo />
          <span>{'Hookflow'}</span>
        </Link>
        {places.map(({ to, text, icon: Icon }) => (
          <Tooltip key={to} title={t(text)} placement="right" mouseEnterDelay={0.6}>
            <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }} className="place">
              <Icon size={16} aria-hidden />
              <span>{t(text)}</span>
            </Link>
          </Tooltip>
        ))}
      </nav>
      <TopBar name={me.data.name} />
      <main id="main" className="page" tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </main>
    </div>
  )
}

function TopBar({ name }: { name: string }) {
  const { t } = useTranslation()
  const { crumbs, actions } = useTop()
  const { language, theme, setLanguage, setTheme } = usePreferences()
  const [palette, setPalette] = useState(false)
  const logout = useLogout()
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.isComposing || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setPalette(true)
    }
    window.addEventListener('keydown', open)
    return () => window.removeEventListener('keydown', open)
  }, [])
  return (
    <header className="top">
      <div className="crumbs grow">{crumbs}</div>
      <button type="button" className="search" onClick={() => setPalette(true)}>
        <Search size={14} aria-hidden />
        <span className="grow">{t('common:search')}</span>
        <kbd aria-hidden>{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <Segmented<Language>
        size="small"
        aria-label={t('common:language')}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'zh', label: t('common:languages.zh') },
          { value: 'en', label: t('common:languages.en') },
        ]}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={t(theme === 'dark' ? 'common:light' : 'common:dark')}
        title={t(theme === 'dark' ? 'common:light' : 'common:dark')}
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
      </button>
      <Dropdown
        trigger={['click']}
        menu={{ items: [{ key: 'out', icon: <LogOut size={14} />, label: t('common:logout'), onClick: () => logout.mutate() }] }}
      >
        <button type="button" className="avatar" aria-label={t('common:account', { name })} title={name}>
          {name.slice(0, 1).toUpperCase()}
        </button>
      </Dropdown>
      {actions && <div className="row">{actions}</div>}
      {palette && (
        <Suspense>
          <CommandPalette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </header>
  )
}
