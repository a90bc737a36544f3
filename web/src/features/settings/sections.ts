import { Archive, Bell, FileClock, Globe2, Hourglass, Info, KeyRound, LockKeyhole, Megaphone, Server, UserRound, Users } from 'lucide-react'

import type { Role } from '@/api/session'

/** The sections of the settings in the order of the list, with the least role that each is for. */
export const sections = [
  { key: 'secrets', group: 'workflows', icon: LockKeyhole, role: 'viewer' },
  { key: 'channels', group: 'workflows', icon: Megaphone, role: 'viewer' },
  { key: 'alerts', group: 'workflows', icon: Bell, role: 'viewer' },
  { key: 'addresses', group: 'workflows', icon: Globe2, role: 'viewer' },
  { key: 'account', group: 'people', icon: UserRound, role: 'viewer' },
  { key: 'users', group: 'people', icon: Users, role: 'admin' },
  { key: 'keys', group: 'people', icon: KeyRound, role: 'admin' },
  { key: 'audit', group: 'people', icon: FileClock, role: 'admin' },
  { key: 'retention', group: 'server', icon: Hourglass, role: 'viewer' },
  { key: 'environment', group: 'server', icon: Server, role: 'admin' },
  { key: 'backup', group: 'server', icon: Archive, role: 'admin' },
  { key: 'about', group: 'server', icon: Info, role: 'viewer' },
] as const satisfies readonly { key: string; group: string; icon: unknown; role: Role }[]

export type SectionKey = (typeof sections)[number]['key']

/** The groups of the list, in its order. */
export const groups = ['workflows', 'people', 'server'] as const
