import './setup.css'

import { Segmented } from 'antd'
import { CircleAlert, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Logo } from '@/app/Logo'
import { usePreferences, type Language } from '@/app/preferences'

/** What stands around the forms before the log-in: the name, the language and the theme. */
export function Frame({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { language, theme, setLanguage, setTheme } = usePreferences()
  const other = t(theme === 'dark' ? 'common:light' : 'common:dark')
  return (
    <div className="setup">
      <header className="setup-bar">
        <Logo />
        <span className="setup-brand grow">{'Hookflow'}</span>
        <Segmented<Language>
          aria-label={t('common:language')}
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'zh', label: t('setup:languages.zh') },
            { value: 'en', label: t('setup:languages.en') },
          ]}
        />
        <button type="button" className="icon-button" aria-label={other} title={other} onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}>
          {theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
        </button>
      </header>
      <main className="setup-main">
        <div className="setup-card">
          <h1>{title}</h1>
          {text && <p className="muted">{text}</p>}
          {children}
        </div>
      </main>
    </div>
  )
}

/** What is wrong, said where it is to be put right; one that ticks is not read out again each second. */
export function FieldError({ id, text, ticks }: { id?: string; text: string | undefined; ticks?: boolean }) {
  if (!text) return null
  return (
    <p id={id} role={ticks ? 'timer' : 'alert'} className="setup-error">
      <CircleAlert size={13} aria-hidden />
      <span>{text}</span>
    </p>
  )
}
