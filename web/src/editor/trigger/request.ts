import type { TestRequest } from '@/api/endpoint'
import type { Sample } from '@/api/drafts'

/** A request as it is edited: all of it text. */
export interface RequestText {
  target: 'test' | 'live'
  method: string
  path: string
  query: string
  headers: string
  body: string
  sign: boolean
}

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

// What belongs to one connection or to one signature, and would be wrong in another request.
const notSentAgain = /^(host|content-length|connection|accept-encoding|transfer-encoding|cookie|x-forwarded-.*|forwarded|x-real-ip|.*signature.*|.*-timestamp|authorization)$/i

/** requestOf is a request like the sample, or one that any endpoint takes. */
export function requestOf(sample: Sample | null | undefined, method: string, path: string): RequestText {
  const base: RequestText = { target: 'test', method, path, query: '', headers: 'Content-Type: application/json', body: '{\n  "hello": "world"\n}', sign: true }
  const request = sample?.request
  if (!request) return method === 'GET' ? { ...base, headers: '', body: '' } : base
  return { ...base, method: request.method, query: request.query, headers: headersOf(request.headers), body: bodyOf(request.body) }
}

function headersOf(headers: Record<string, string>): string {
  const kept = Object.entries(headers).filter(([name, value]) => !notSentAgain.test(name) && !value.includes('••••'))
  return kept.map(([name, value]) => `${name}: ${value}`).join('\n')
}

function bodyOf(body: unknown): string {
  if (body === undefined || body === null) return ''
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2)
}

/** A line of headers that has no colon, or no name before it; undefined when all are right. */
export const badHeader = (headers: string): string | undefined => linesOf(headers).find((line) => !/^[^\s:]+\s*:/.test(line))

const linesOf = (headers: string) => headers.split('\n').map((line) => line.trim()).filter(Boolean)

/** toSend is a request as the API takes it. */
export function toSend({ target, method, path, query, headers, body, sign }: RequestText): TestRequest {
  const pairs = linesOf(headers).map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
  })
  const bare = query.replace(/^\?/, '')
  return {
    target, sign,
    method: methods.find((one) => one === method) ?? 'POST',
    ...(path !== '' && { path: path.replace(/^\//, '') }),
    ...(bare !== '' && { query: bare }),
    ...(pairs.length > 0 && { headers: Object.fromEntries(pairs) }),
    // GET and HEAD carry none.
    ...(body !== '' && method !== 'GET' && { body }),
  }
}

/** filled is a path whose parameters have something to stand for them. */
export const filled = (path: string) => path.replace(/(^|\/)[:*](\w+)/g, '$1$2')
