import { useQuery } from '@tanstack/react-query'

import { readPublished, type Draft } from '@/api/drafts'
import type { Variable } from '@/api/env'

export interface User extends Draft {
  key: string
  title: string
}

/** The workflows that use a variable as they are published, read anew. */
export const useUsers = ({ name, secret, usedBy = [] }: Variable) =>
  useQuery({
    queryKey: ['env', 'users', name],
    queryFn: () => {
      const workflows = usedBy.filter((one) => one.kind === 'workflow')
      return Promise.all(workflows.map(async ({ key, title }): Promise<User> => ({ key, title, ...(await readPublished(key)) })))
    },
    enabled: secret,
    staleTime: 0,
    gcTime: 0,
  })
