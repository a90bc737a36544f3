import { useTranslation } from 'react-i18next'

import { useLogout, useMay } from '@/api/session'
import { useCommands } from '@/app/commands'
import { usePreferences } from '@/app/preferences'

/** One line of the palette. */
export interface Entry {
  id: string
  /** What it is, in a word. */
  kind: string
  title: string
  note?: string
  /** Words that also find it. */
  words?: string[]
  /** The page it leads to; none for what it does at once. */
  to?: string
  run: () => void
}

const pages = [
  ['/', 'common:nav.overview'],
  ['/workflows', 'common:nav.workflows'],
  ['/deliveries', 'common:nav.deliveries'],
  ['/executions', 'common:nav.executions'],
  ['/collections', 'common:nav.collections'],
  ['/settings', 'common:nav.settings'],
] as const

/** The pages that there are. */
export function usePlaces(go: (to: string) => void): Entry[] {
  const { t } = useTranslation()
  return pages.map(([to, text]) => ({ id: to, kind: t('palette:kind.page'), title: t(text), words: [to], to, run: () => go(to) }))
}

/** What can be done from anywhere, and on the page that is shown. */
export function useActions(go: (to: string) => void): Entry[] {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const logout = useLogout()
  const { language, theme, setLanguage, setTheme } = usePreferences()
  const own = useCommands((registry) => registry.commands)
  const kind = t('palette:kind.action')
  const ways = editor ? (['provider', 'template', 'blank', 'import'] as const) : []
  return [
    ...own.map(({ id, title, words, run }) => ({ id, kind, title, words, run })),
    ...ways.map((way) => ({ id: `new-${way}`, kind, title: t(`palette:new.${way}`), words: ['new', 'create'], run: () => go(`/workflows?new=${way}`) })),
    { id: 'theme', kind, title: t(theme === 'dark' ? 'common:light' : 'common:dark'), words: ['theme'], run: () => setTheme(theme === 'dark' ? 'light' : 'dark') },
    { id: 'language', kind, title: t('palette:otherLanguage'), words: ['language', 'zh', 'en'], run: () => setLanguage(language === 'zh' ? 'en' : 'zh') },
    { id: 'logout', kind, title: t('common:logout'), words: ['logout'], run: () => logout.mutate() },
  ]
}
