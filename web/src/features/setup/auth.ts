import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { ApiError, api, data, type Schemas } from '@/api/client'

/** Whether the first administrator is still to be made. */
export const useSetupState = () => useQuery({ queryKey: ['setup'], queryFn: () => data(api.GET('/api/auth/setup')), staleTime: 0 })

// Who was logged in before, and what they saw, is forgotten.
function useEntered(next: string) {
  const client = useQueryClient()
  const router = useRouter()
  return () => {
    client.clear()
    router.history.push(next)
  }
}

/** Logs in, then goes to the page that was asked for. */
export function useLogin(next: string) {
  const onSuccess = useEntered(next)
  return useMutation({ mutationFn: (body: Schemas['Credentials']) => data(api.POST('/api/auth/login', { body })), onSuccess })
}

/** Makes the first administrator and logs it in. */
export function useSetup() {
  const onSuccess = useEntered('/')
  return useMutation({ mutationFn: (body: Schemas['Setup']) => data(api.POST('/api/auth/setup', { body })), onSuccess })
}

/** problemAt is what the server says about a field of the body. */
export function problemAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.problem.errors.find((one) => one.pointer === pointer)?.detail
}

/** Seconds until another try makes sense, counted down; 0 when one does. */
export function useWait({ error, submittedAt }: { error: unknown; submittedAt: number }): number {
  const [now, setNow] = useState(0)
  const wait = error instanceof ApiError && error.problem.status === 429 ? (error.problem.retryAfter ?? 30) : 0
  useEffect(() => {
    if (!wait) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [wait])
  const passed = Math.max(0, now - submittedAt)
  return Math.max(0, wait - Math.round(passed / 1000))
}
