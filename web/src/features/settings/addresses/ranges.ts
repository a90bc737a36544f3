/** linesOf takes a text apart into ranges: one a line, what is after # is a comment. */
export const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)

/** lineAt is the line of the text that the nth range stands in, counted from 1; for what the server says of a range. */
export function lineAt(text: string, n: number): number {
  const lines = text.split(/\r?\n/)
  let seen = -1
  for (const [index, line] of lines.entries()) {
    if (linesOf(line).length > 0 && ++seen === n) return index + 1
  }
  return lines.length
}

/** headersOf reads header lines as they stand in a request; a plain list of addresses is X-Forwarded-For. */
export function headersOf(text: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of text.split(/\r?\n/).filter((one) => one.trim())) {
    const [, name, value] = /^\s*([A-Za-z][\w-]*)\s*:\s+(.*)$/.exec(line) ?? [null, 'X-Forwarded-For', line]
    const known = headers[name ?? '']
    headers[name ?? ''] = known ? `${known}, ${value?.trim()}` : (value?.trim() ?? '')
  }
  return headers
}
