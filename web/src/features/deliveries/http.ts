import type { Delivery } from '@/api/deliveries'

type Header = Delivery['request']['headers'][number]

/** The text that stands for what may not be seen. */
const mask = '••••'

/** contentTypeOf is the Content-Type of a request, "" without one. */
export const contentTypeOf = (headers: Header[]): string => headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''

/** isMasked reports whether something of a request is not shown. */
export const isMasked = ({ request }: Pick<Delivery, 'request'>): boolean =>
  request.url.includes(mask) || request.url.includes(encodeURIComponent(mask)) || request.headers.some(({ value }) => value.includes(mask))

/** queryOf are the parameters of a URL, in their order. */
export function queryOf(url: string): [string, string][] {
  const at = url.indexOf('?')
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1))]
}

/** rawRequest is a request as HTTP/1.1 writes it, with a note in the place of a binary body. */
export function rawRequest({ method, url, headers, body }: Delivery['request'], binaryNote: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/, '') || '/'
  const lines = [`${method} ${path} HTTP/1.1`, ...headers.map(({ name, value }) => `${name}: ${value}`)]
  return `${lines.join('\n')}\n\n${typeof body === 'string' ? body : body === null || body === undefined ? '' : `[${binaryNote}]`}`
}
