import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'

export type SearchHit = Schemas['SearchHit']

/** Workflows, nodes and collections that a text finds, and the delivery or execution that it is the id of. */
export const useSearchHits = (text: string) =>
  useQuery({
    queryKey: ['search', text],
    queryFn: async () => (await data(api.GET('/api/search', { params: { query: { q: text } } }))).items,
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })
