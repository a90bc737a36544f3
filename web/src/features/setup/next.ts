/** safeNext is the page to go to after a log-in: only an address of this site, so that a link to the
 * log-in page cannot lead people elsewhere. */
export function safeNext(next: string | undefined, origin = location.origin): string {
  if (!next?.startsWith('/')) return '/'
  try {
    const url = new URL(next, origin)
    const inside = url.origin === origin && !/^\/(login|setup)(\/|$)/.test(url.pathname)
    return inside ? url.pathname + url.search + url.hash : '/'
  } catch {
    return '/'
  }
}
