import { useMutation, useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'

/** A setting of the server as it is in force. */
export type Setting = Schemas['Setting']

/** What came of a look at the public URL and the proxies. */
export type SettingsCheck = Schemas['SettingsCheckBody']

/** What everybody may know of the settings. */
export const usePublicSettings = () => useQuery({ queryKey: ['settings', 'public'], queryFn: () => data(api.GET('/api/settings/public')), staleTime: 60_000 })

/** The settings in force, secrets masked. */
export const useSettings = () => useQuery({ queryKey: ['settings'], queryFn: () => data(api.GET('/api/settings')), staleTime: 60_000 })

/** Whether the public URL leads to the server, and whether proxies tell it what they should. */
export const useCheckSettings = () => useMutation({ mutationFn: () => data(api.POST('/api/settings/check')) })

/** What was counted, the last sweep of old records among it. */
export const useCounts = () => useQuery({ queryKey: ['stats', 'counts'], queryFn: () => data(api.GET('/api/stats')) })
