import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { FieldVariables } from '@/components/code/props'

import { childrenOf, look } from './groups'
import { useVariables, type Variable, type VariableGroup } from './variables'

/** useLooks tells text fields how their variables look, and what may be written. */
export function useLooks(): FieldVariables {
  const groups = useVariables()
  const { t } = useTranslation()
  return useMemo(
    () => ({
      lookOf: (path) => {
        const { found, value, variable } = look(groups, path)
        const says = found === 'unknown' ? t('form:variables.unknown') : variable?.type === 'secret' ? t('form:variables.secret') : value === undefined ? t('form:variables.noSample') : short(value, 300)
        return { label: pillText(path), title: `${path}\n${says}`, state: found === 'unknown' ? 'unknown' : 'known' }
      },
      suggest: (typed) => suggestions(groups, typed).map((one) => ({ path: one.path, detail: one.sample === undefined ? one.type : short(one.sample, 40) })),
    }),
    [groups, t],
  )
}

/** pillText is a path without what all of its kind begin with. */
export const pillText = (path: string) => path.replace(/^\$(?:context|steps|jobsMapByNodeKey|scopes|env|system)[.[]?/, '') || path

/** suggestions lists what may follow a path that is being typed: what is inside of all that it passes through. */
export function suggestions(groups: VariableGroup[], typed: string): Variable[] {
  const list: Variable[] = []
  const add = (variables: Variable[], depth: number) => {
    for (const variable of variables) {
      list.push(variable)
      if (depth < 12 && (depth === 0 || typed.startsWith(variable.path))) add(childrenOf(variable), depth + 1)
    }
  }
  add(groups.flatMap(({ items }) => items), 0)
  return list.slice(0, 2000)
}

/** short is a value as JSON, or a text as it is, cut to so many characters. */
export function short(value: unknown, most: number): string {
  const text = typeof value === 'string' ? value.slice(0, most + 1) : written(value, most)
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** written is JSON.stringify for large values too: it looks at no more of them than is shown. */
function written(value: unknown, most: number): string {
  if (Array.isArray(value)) return `[${collect(value.map((item) => () => written(item, most)), most)}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(typeof value === 'string' ? value.slice(0, most + 1) : value) ?? ''
  return `{${collect(Object.entries(value).map(([name, inner]) => () => `${name}: ${written(inner, most)}`), most)}}`
}

function collect(parts: (() => string)[], most: number): string {
  let text = ''
  for (const part of parts) {
    if (text.length > most) return text
    text += `${text && ', '}${part()}`
  }
  return text
}
