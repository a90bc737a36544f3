import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, data } from './client'

export type Role = 'viewer' | 'editor' | 'admin'

const ranks: Record<string, number> = { viewer: 1, editor: 2, admin: 3 }

/** Who is logged in; the query fails with 401 when nobody is. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => data(api.GET('/api/auth/me')), staleTime: 60_000 })

/** useMay reports whether who is logged in has at least a role. The server decides; this only spares
 * people buttons that would answer 403. */
export function useMay(role: Role): boolean {
  const me = useMe()
  return (ranks[me.data?.role ?? ''] ?? 0) >= (ranks[role] ?? 9)
}

export function useLogout() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => data(api.POST('/api/auth/logout')),
    onSuccess: () => {
      client.clear()
      location.assign('/login')
    },
  })
}
