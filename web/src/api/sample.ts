import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, data, type Schemas } from './client'
import { sampleKey, type Sample } from './drafts'

/** What may become the sample: a stored request, a request or a $context given by hand. */
export type SampleSource = Schemas['SampleBody']

/** Makes something the sample; the variables of all forms show it at once. */
export function usePutSample(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SampleSource) => data(api.PUT('/api/workflows/{key}/sample', { params: { path: { key } }, body })),
    onSuccess: (sample) => client.setQueryData<Sample | null>(sampleKey(key), sample),
  })
}

/** Forgets the sample. */
export function useDeleteSample(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => data(api.DELETE('/api/workflows/{key}/sample', { params: { path: { key } } })),
    onSuccess: () => client.setQueryData<Sample | null>(sampleKey(key), null),
  })
}
