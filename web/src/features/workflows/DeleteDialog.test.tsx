import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import type { WorkflowItem } from '@/api/workflows'

import { busy, DeleteDialog } from './DeleteDialog'

const hour = 3_600_000

const workflow = (key: string, hoursAgo: number | null): WorkflowItem => ({
  id: key, key, title: key.toUpperCase(), tags: [], enabled: true, revision: 1, hasDraft: false, onError: '', problems: [],
  trigger: { type: 'webhook', path: key }, createdAt: '', updatedAt: '', retain: { succeeded: null, failed: null, deliveries: null },
  stats: { hours: [], failed24h: 0, rejected24h: 0, lastDeliveryAt: hoursAgo === null ? null : new Date(Date.now() - hoursAgo * hour).toISOString() },
})

const show = (workflows: WorkflowItem[]) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DeleteDialog workflows={workflows} onClose={() => undefined} />
    </QueryClientProvider>,
  )

const submit = () => screen.getByRole('button', { name: 'Delete' })

test('those called in the last seven days are busy', () => {
  const all = [workflow('today', 1), workflow('week', 7 * 24 - 1), workflow('old', 7 * 24 + 1), workflow('never', null)]
  expect(busy(all).map((one) => one.key)).toEqual(['today', 'week'])
})

test('one that is called is deleted only after its key was typed', async () => {
  show([workflow('orders', 1)])
  expect(submit()).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox'), 'order')
  expect(submit()).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox'), 's')
  expect(submit()).toBeEnabled()
})

test('nothing is to be typed for those that nobody calls', () => {
  show([workflow('a', null), workflow('b', 24 * 30)])
  expect(screen.getByText('Delete 2 workflows?')).toBeInTheDocument()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(submit()).toBeEnabled()
})
