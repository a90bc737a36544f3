import type { RunStep } from '@/flow/states'

import { api, data, type Schemas } from './client'

export type RunBody = Schemas['RunBody']

/** A step with what went in and came out. */
export interface FullStep extends RunStep {
  type: string
  startedAt: string
  input?: unknown
  output?: unknown
  logs?: Schemas['Log'][] | null
}

/** An execution with its steps, as the API tells it. */
export interface Run {
  id: string
  workflow: string
  revision: number
  delivery: string | null
  status: string
  error: string
  createdAt: string
  finishedAt: string | null
  steps: FullStep[]
}

/** hasEnded reports whether nothing more comes of a run. */
export const hasEnded = (run: Pick<Run, 'status'>) => !['queued', 'running', 'waiting'].includes(run.status)

/** startRun runs the draft and answers the execution's id, at the latest after some seconds. */
export const startRun = async (key: string, body: RunBody) =>
  (await data(api.POST('/api/workflows/{key}/run', { params: { path: { key }, query: { revision: 'draft', wait: '2s' } }, body }))).execution

/** readRun reads an execution with its steps, first to last. */
export async function readRun(id: string): Promise<Run> {
  const run = (await data(api.GET('/api/executions/{id}', { params: { path: { id } } }))) as unknown as Run
  return { ...run, steps: run.steps.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)) }
}
