import { useMutation, useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { useSaving } from './crud'

/** A channel with what uses it; secrets of its config are masked. */
export type Channel = Omit<Schemas['ListedChannel'], 'config'> & { config: Record<string, unknown> }

/** What is saved of a channel. */
export interface ChannelChange {
  kind: 'Channel'
  key: string
  title: string
  type: string
  config: Record<string, unknown>
}

/** What a provider answered to a message. */
export type ChannelAnswer = Schemas['ChannelAnswerBody']

/** The channels by key. */
export const useChannels = () =>
  useQuery({
    queryKey: ['channels', 'usage'],
    queryFn: async () => (await data(api.GET('/api/channels', { params: { query: { usage: true, limit: 1000 } } }))).items as Channel[],
  })

const lists = [['channels'], ['env'], ['workflows']]

/** Adds a channel, or replaces the one with its key. */
export const usePutChannel = () =>
  useSaving(
    ({ change, isNew }: { change: ChannelChange; isNew: boolean }) =>
      isNew ? data(api.POST('/api/channels', { body: change })) : data(api.PUT('/api/channels/{key}', { params: { path: { key: change.key } }, body: change })),
    ...lists,
  )

/** Deletes a channel. */
export const useDeleteChannel = () => useSaving((key: string) => data(api.DELETE('/api/channels/{key}', { params: { path: { key } } })), ...lists)

/** Sends a message through a channel; that the provider refuses it is an answer too. */
export const useTestChannel = () =>
  useMutation({
    mutationFn: ({ key, message }: { key: string; message: Schemas['ChannelTest'] }) =>
      data(api.POST('/api/channels/{key}/test', { params: { path: { key } }, body: message })),
  })
