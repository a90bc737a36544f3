import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import type { Language } from './preferences'

type Texts = Record<string, Record<string, unknown>>

// One chunk per language: nobody loads the texts of the other one.
const load: Record<Language, () => Promise<{ texts: Texts }>> = {
  en: () => import('@/locales/en'),
  zh: () => import('@/locales/zh'),
}

/** start loads a language and shows it; called again, it changes the language. */
export async function start(language: Language) {
  const { texts } = await load[language]()
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      ns: Object.keys(texts),
      resources: { [language]: texts },
      fallbackLng: false,
      returnNull: false,
      interpolation: { escapeValue: false }, // React escapes
    })
  } else {
    for (const [namespace, bundle] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, bundle)
    await i18next.changeLanguage(language)
  }
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

/** A text of the server, which sends both languages. */
export interface ServerText {
  en: string
  zh: string
}

/** pick is the text of the language shown. */
export function pick(text: ServerText | null | undefined, language: string): string {
  if (!text) return ''
  return (language === 'zh' ? text.zh : text.en) || text.en
}
