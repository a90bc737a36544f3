import { useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { useSaving } from './crud'
import type { Role } from './session'

export type User = Schemas['User']
export type Session = Schemas['Session']

const users = ['users'] as const
const sessions = ['sessions'] as const
const at = (id: string) => ({ params: { path: { id } } })

/** Everybody who can log in. */
export const useUsers = () =>
  useQuery({ queryKey: users, queryFn: async () => (await data(api.GET('/api/users', { params: { query: { limit: 1000 } } }))).items })

/** Adds a user. */
export const useAddUser = () =>
  useSaving((body: { email: string; password: string; role: Role }) => data(api.POST('/api/users', { body })), users)

/** Changes a user's role or password; a new password ends their sessions. */
export const useChangeUser = () =>
  useSaving(({ id, ...body }: { id: string; role?: Role; password?: string }) => data(api.PATCH('/api/users/{id}', { ...at(id), body })), users, ['me'])

/** Deletes a user. */
export const useDeleteUser = () => useSaving((id: string) => data(api.DELETE('/api/users/{id}', at(id))), users)

/** Logs a user out everywhere. */
export const useEndSessionsOf = () => useSaving((id: string) => data(api.DELETE('/api/users/{id}/sessions', at(id))), sessions)

/** Changes the password of who is logged in; it ends their other sessions. */
export const useChangePassword = () => useSaving((body: Schemas['OwnChange']) => data(api.PATCH('/api/auth/me', { body })), sessions)

/** Where who asks is logged in. */
export const useSessions = () =>
  useQuery({ queryKey: sessions, queryFn: async () => (await data(api.GET('/api/auth/sessions', { params: { query: { limit: 1000 } } }))).items })

/** Ends one of the own sessions, or all but this one. */
export const useEndSession = () =>
  useSaving((id: string | null) => (id === null ? data(api.DELETE('/api/auth/sessions')) : data(api.DELETE('/api/auth/sessions/{id}', at(id)))), sessions)
