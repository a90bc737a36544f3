/** A page that was chosen before. */
export interface Recent {
  id: string
  kind: string
  title: string
  note?: string
  to: string
}

const name = 'hookflow.recent'
const most = 6

/** recent are the pages chosen last, the newest first. */
export function recent(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}

/** remember puts a page first. */
export function remember(page: Recent) {
  localStorage.setItem(name, JSON.stringify([page, ...recent().filter((other) => other.to !== page.to)].slice(0, most)))
}

// Only addresses of this site: what is kept may have been tampered with.
const isRecent = (kept: Recent | null) =>
  typeof kept?.to === 'string' && /^\/(?![/\\])/.test(kept.to) && [kept.id, kept.kind, kept.title].every((text) => typeof text === 'string')
