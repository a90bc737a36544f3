/** A body as the API tells it: text, bytes in base64, or the JSON that an answer was. */
export type ApiBody = unknown

/** A body ready to be shown. */
export interface Content {
  kind: 'empty' | 'json' | 'form' | 'text' | 'image' | 'binary'
  text: string
  bytes: Uint8Array<ArrayBuffer> | null
  /** Media type of an image that may be drawn. */
  type: string
  size: number
}

// Only what cannot run anything is drawn as a picture: SVG is text.
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** contentOf reads a body by its Content-Type. */
export function contentOf(body: ApiBody, contentType: string): Content {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  const bytes = bytesOf(body)
  if (bytes) return { kind: pictures.has(type) ? 'image' : 'binary', text: '', bytes, type, size: bytes.length }
  const text = body === null || body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  const size = new TextEncoder().encode(text).length
  return { kind: text === '' ? 'empty' : kindOf(text, type, typeof body === 'string'), text, bytes: null, type, size }
}

function bytesOf(body: ApiBody): Uint8Array<ArrayBuffer> | null {
  if (typeof body !== 'object' || body === null || !('base64' in body) || typeof body.base64 !== 'string' || Object.keys(body).length > 1) return null
  return Uint8Array.from(atob(body.base64), (char) => char.charCodeAt(0))
}

function kindOf(text: string, type: string, asSent: boolean): Content['kind'] {
  if (!asSent) return 'json'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  if (/[/+]json$/.test(type) || type === '' || type === 'text/plain') return isJSON(text) ? 'json' : 'text'
  return 'text'
}

function isJSON(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** hexLines is how many lines of sixteen bytes there are. */
export const hexLines = (bytes: Uint8Array) => Math.ceil(bytes.length / 16)

/** hexLine is one line of a hex dump: offset, bytes, and what of them can be printed. */
export function hexLine(bytes: Uint8Array, index: number): { offset: string; hex: string; text: string } {
  const part = [...bytes.subarray(index * 16, index * 16 + 16)]
  const hex = part.map((byte) => byte.toString(16).padStart(2, '0'))
  return {
    offset: (index * 16).toString(16).padStart(8, '0'),
    hex: `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.trimEnd().padEnd(48),
    text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
  }
}
