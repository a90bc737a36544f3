import type { SchemeType } from '@/api/catalogue'
import type { ServerText } from '@/app/i18n'

/** Schemes under one heading; without a title: those that most look for. */
export interface SchemeGroup {
  key: string
  title?: ServerText
  schemes: SchemeType[]
}

const isGeneric = ({ group }: SchemeType) => Number(!group || group.key === 'generic')

/** groupsOf puts those first that most look for, senders before schemes for any, and then one group after the other. */
export function groupsOf(schemes: SchemeType[]): SchemeGroup[] {
  const groups = new Map<string, SchemeGroup>()
  for (const scheme of schemes) {
    const { key, title } = scheme.group ?? { key: 'generic', title: undefined }
    const group = groups.get(key) ?? { key, title, schemes: [] }
    group.schemes.push(scheme)
    groups.set(key, group)
  }
  const popular = schemes.filter((scheme) => scheme.popular).toSorted((a, b) => isGeneric(a) - isGeneric(b))
  return [...(popular.length > 0 ? [{ key: 'popular', schemes: popular }] : []), ...groups.values()]
}

/** rankOf finds schemes by what was typed: every word must be somewhere; names that begin with it come first. */
export function rankOf(typed: string, names: string[]): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const texts = names.map((name) => name.toLowerCase())
  if (!words.every((word) => texts.some((text) => text.includes(word)))) return 0
  const [first = ''] = words
  return texts.slice(0, 3).some((text) => text.startsWith(first)) ? 1 : texts.slice(0, 3).some((text) => text.includes(first)) ? 0.7 : 0.3
}
