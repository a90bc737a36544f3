/** The beginning of a CSV file. */
export interface CsvHead {
  header: string[]
  rows: string[][]
  /** Where the first row ends in the text, its line end included. */
  end: number
}

/** readCsv reads the first rows of CSV (RFC 4180). */
export function readCsv(text: string, most: number): CsvHead {
  const start = text.startsWith('\ufeff') ? 1 : 0
  const first = readRow(text, start)
  const rows: string[][] = []
  for (let at = first.end; at < text.length && rows.length < most; ) {
    const row = readRow(text, at)
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row.cells)
    at = row.end
  }
  return { header: first.cells, rows, end: first.end }
}

function readRow(text: string, start: number): { cells: string[]; end: number } {
  const cells: string[] = []
  let at = start
  for (;;) {
    const cell = text[at] === '"' ? quoted(text, at) : bare(text, at)
    cells.push(cell.text)
    at = cell.end
    if (text[at] !== ',') break
    at++
  }
  if (text[at] === '\r') at++
  if (text[at] === '\n') at++
  return { cells, end: Math.max(at, start + 1) }
}

function bare(text: string, start: number) {
  const stop = /[,\r\n]/g
  stop.lastIndex = start
  const end = stop.exec(text)?.index ?? text.length
  return { text: text.slice(start, end), end }
}

function quoted(text: string, start: number) {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { text: value + text.slice(at), end: text.length }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      // What follows a closing quote is not CSV; the server says so.
      const rest = bare(text, quote + 1)
      return { text: value + rest.text, end: rest.end }
    }
    value += '"'
    at = quote + 2
  }
}

const special = /[",\r\n]/

/** writeRow is a row of CSV with its line end. */
export const writeRow = (cells: readonly (string | number)[]) =>
  `${cells.map((cell) => (special.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
