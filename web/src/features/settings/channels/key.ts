import type { ChannelType } from '@/api/catalogue'

/** What stands in the URL for a channel that is still to be made. */
export const newChannel = 'new'

const clean = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 64).replace(/^-+|-+$/g, '')

/** keyOf proposes a key: what of a title a key may hold, or the type. */
export const keyOf = (title: string, { type }: Pick<ChannelType, 'type'>) => clean(title) || clean(type)
