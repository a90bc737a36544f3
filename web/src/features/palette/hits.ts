import type { SearchHit } from '@/api/search'

import type { Entry } from './entries'

/** addressOfHit is the page of what was found. */
export function addressOfHit({ kind, key, workflow }: SearchHit): string {
  const part = encodeURIComponent
  switch (kind) {
    case 'workflow':
      return `/workflows/${part(key)}`
    case 'node':
      return `/workflows/${part(workflow ?? '')}?node=${part(key)}`
    case 'collection':
      return `/collections/${part(key)}`
    case 'delivery':
      return `/deliveries?id=${part(key)}`
    case 'execution':
      return `/executions/${part(key)}`
  }
}

/** hitEntry shows what was found as a line of the palette. */
export function hitEntry(t: (key: string) => string, hit: SearchHit, go: (to: string) => void): Entry {
  const to = addressOfHit(hit)
  const title = hit.kind === 'execution' ? t(`common:status.${hit.title}`) : hit.title || hit.key
  const note = hit.kind === 'node' ? `${hit.workflow} · ${hit.key}` : hit.key
  return { id: `${hit.kind} ${hit.workflow ?? ''} ${hit.key}`, kind: t(`palette:kind.${hit.kind}`), title, note, to, run: () => go(to) }
}
