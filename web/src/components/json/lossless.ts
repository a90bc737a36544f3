/** JSON as it was sent: the spelling of numbers and the order of members survive, which JSON.parse loses. */
export type Json =
  | { type: 'object'; members: [name: string, value: Json][] }
  | { type: 'array'; items: Json[] }
  | { type: 'string'; value: string }
  | { type: 'number'; text: string }
  | { type: 'boolean'; value: boolean }
  | { type: 'null' }

/** Nesting beyond this is shown as text; the server refuses far less. */
const maxDepth = 2000

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// Runs of plain characters are one loop, so that a long string does not fill the stack of the matcher.
const string = /"[^"\\]*(?:\\[^][^"\\]*)*"/y

// oxlint-disable-next-line no-control-regex -- JSON allows no control characters in a string
const plainString = /^[^\\\u0000-\u001f]*$/
const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9

/** parse reads a JSON text (RFC 8259); null when it is none. Of repeated names all are kept. */
export function parse(text: string): Json | null {
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found === undefined) throw new SyntaxError(`unexpected character at ${at}`)
    at += found.length
    return found
  }
  const skip = () => {
    while (isSpace(text.charCodeAt(at))) at++
  }
  const is = (char: string) => {
    skip()
    if (text[at] !== char) return false
    at++
    return true
  }
  const expect = (char: string) => {
    if (!is(char)) throw new SyntaxError(`${char} expected at ${at}`)
  }
  const word = (wanted: string, json: Json): Json => {
    if (!text.startsWith(wanted, at)) throw new SyntaxError(`unexpected character at ${at}`)
    at += wanted.length
    return json
  }
  const quoted = () => {
    const found = take(string)
    return plainString.test(found) ? found.slice(1, -1) : (JSON.parse(found) as string)
  }
  const list = <T>(close: string, item: () => T): T[] => {
    const items: T[] = []
    if (is(close)) return items
    do items.push(item())
    while (is(','))
    expect(close)
    return items
  }
  const value = (depth: number): Json => {
    if (depth > maxDepth) throw new SyntaxError('nested too deep')
    skip()
    switch (text[at]) {
      case '{':
        at++
        return { type: 'object', members: list('}', () => {
          skip()
          const name = quoted()
          expect(':')
          return [name, value(depth + 1)]
        }) }
      case '[':
        at++
        return { type: 'array', items: list(']', () => value(depth + 1)) }
      case '"':
        return { type: 'string', value: quoted() }
      case 't':
        return word('true', { type: 'boolean', value: true })
      case 'f':
        return word('false', { type: 'boolean', value: false })
      case 'n':
        return word('null', { type: 'null' })
      default:
        return { type: 'number', text: take(number) }
    }
  }
  try {
    const json = value(0)
    skip()
    return at === text.length ? json : null
  } catch {
    return null
  }
}

/** from makes a value of JavaScript viewable. */
export function from(value: unknown): Json {
  if (value === null || value === undefined) return { type: 'null' }
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'number') return { type: 'number', text: String(value) }
  if (typeof value === 'boolean') return { type: 'boolean', value }
  if (Array.isArray(value)) return { type: 'array', items: value.map(from) }
  return { type: 'object', members: Object.entries(value as object).map(([name, inner]) => [name, from(inner)]) }
}

/** write spells a value with an indent of two; numbers stay as they were. */
export function write(json: Json, indent = ''): string {
  const inner = `${indent}  `
  const block = (open: string, close: string, parts: string[]) =>
    parts.length === 0 ? open + close : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`
  switch (json.type) {
    case 'object':
      return block('{', '}', json.members.map(([name, value]) => `${JSON.stringify(name)}: ${write(value, inner)}`))
    case 'array':
      return block('[', ']', json.items.map((item) => write(item, inner)))
    case 'string':
      return JSON.stringify(json.value)
    case 'number':
      return json.text
    case 'boolean':
      return String(json.value)
    case 'null':
      return 'null'
  }
}
