import type { SchemeType } from '@/api/catalogue'
import { pick } from '@/app/i18n'

/** Schemes that are shown under one heading. */
export interface SchemeGroup {
  /** Key of the group; popular for those that most look for, all for what has no group. */
  key: string
  title: string
  schemes: SchemeType[]
}

/** groupSchemes puts those first that most look for; a search goes through names in both languages. */
export function groupSchemes(schemes: SchemeType[], text: string, language: string): SchemeGroup[] {
  const words = text.trim().toLowerCase()
  const fits = ({ key, title, group }: SchemeType) => [key, title.en, title.zh, group?.title.en ?? '', group?.title.zh ?? ''].some((one) => one.toLowerCase().includes(words))
  const groups = new Map<string, SchemeGroup>()
  const add = (key: string, title: string, scheme: SchemeType) => {
    const group = groups.get(key) ?? { key, title, schemes: [] }
    groups.set(key, { ...group, schemes: [...group.schemes, scheme] })
  }
  const found = schemes.filter(fits)
  if (!words) for (const scheme of popular(found)) add('popular', '', scheme)
  for (const scheme of found) add(scheme.group?.key ?? 'all', pick(scheme.group?.title, language), scheme)
  return [...groups.values()]
}

// Who knows the provider's name looks for that; the ways for any sender come after.
const popular = (schemes: SchemeType[]) =>
  schemes.filter((scheme) => scheme.popular).toSorted((a, b) => Number(a.group?.key === 'generic') - Number(b.group?.key === 'generic'))
