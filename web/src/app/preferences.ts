import { create } from 'zustand'

export type Language = 'en' | 'zh'
export type Theme = 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

interface Preferences {
  language: Language
  theme: Theme
  density: Density
  setLanguage: (language: Language) => void
  setTheme: (theme: Theme) => void
  setDensity: (density: Density) => void
}

const read = (name: string) => localStorage.getItem(`hookflow.${name}`)
const keep = (name: string, value: string) => localStorage.setItem(`hookflow.${name}`, value)

const oneOf = <T extends string>(value: string | null, all: readonly T[], otherwise: T): T =>
  all.find((one) => one === value) ?? otherwise

/** What a person chose for this browser; the first time, what the browser prefers. */
export const usePreferences = create<Preferences>((set) => ({
  language: oneOf(read('language'), ['en', 'zh'], navigator.language.startsWith('zh') ? 'zh' : 'en'),
  theme: oneOf(
    read('theme'),
    ['light', 'dark'],
    window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  ),
  density: oneOf(read('density'), ['comfortable', 'compact'], 'comfortable'),
  setLanguage: (language) => {
    keep('language', language)
    set({ language })
  },
  setTheme: (theme) => {
    keep('theme', theme)
    set({ theme })
  },
  setDensity: (density) => {
    keep('density', density)
    set({ density })
  },
}))
