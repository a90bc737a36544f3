import createClient, { type Middleware } from 'openapi-fetch'

import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** What an error of the API says (RFC 9457). */
export interface Problem {
  status: number
  title: string
  detail: string
  errors: { pointer: string; detail: string }[]
  /** The id of the request, which the server's log holds too. */
  request: string | null
  /** Seconds to wait, of the answer's Retry-After. */
  retryAfter: number | null
}

/** The error that every failed call throws. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
  }
}

/** problemOf reads an answer that is not a success; not every one on the way is ours. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.clone().text()
  let body: Partial<Problem> = {}
  try {
    body = JSON.parse(text) as Partial<Problem>
  } catch {
    body = { detail: text.slice(0, 300) }
  }
  return {
    status: response.status,
    title: body.title ?? response.statusText,
    detail: body.detail ?? '',
    errors: body.errors ?? [],
    request: response.headers.get('X-Request-Id'),
    retryAfter: Number(response.headers.get('Retry-After')) || null,
  }
}

const onUnauthorized = new Set<() => void>()

/** whenUnauthorized calls back when a session has ended; the returned function stops it. */
export function whenUnauthorized(call: () => void) {
  onUnauthorized.add(call)
  return () => void onUnauthorized.delete(call)
}

const throwing: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return
    if (response.status === 401 && !request.url.includes('/api/auth/')) for (const call of onUnauthorized) call()
    throw new ApiError(await problemOf(response))
  },
  onError({ error }) {
    const problem = { status: 0, title: '', detail: String(error), errors: [], request: null, retryAfter: null }
    return new ApiError(problem)
  },
}

/** The admin API, typed by its OpenAPI description; a failure is thrown as an ApiError. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin, credentials: 'same-origin' })
api.use(throwing)

/** data is the body of an answer; a call that failed has thrown. */
export async function data<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}
