import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'

/** useSaving is a change after which the lists named are read again, whether it worked or not. */
export function useSaving<T, R>(change: (given: T) => Promise<R>, ...lists: QueryKey[]) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => Promise.all(lists.map((queryKey) => client.invalidateQueries({ queryKey }))) })
}
