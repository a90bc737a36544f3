import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

import { useNodeTypes } from '@/api/catalogue'
import { useExecuted, useExecution, useSteps, type Execution } from '@/api/executions'
import type { FlowDocument } from '@/flow/document'
import { trigger } from '@/flow/travel'

import { useNames, type Name } from './names'
import { aroundOf, culprit, isBad, runsOf, type Around, type Step } from './steps'

/** The execution itself, where a node's key is expected. */
export const whole = '$run'

/** An execution as its page shows it, with what is chosen of it. */
export interface Run {
  execution: Execution
  document: FlowDocument | undefined
  steps: Step[]
  /** There are more steps than are shown. */
  more: boolean
  around: ReadonlyMap<string, Around>
  nameOf: (key: string) => Name
  /** The step at which it failed. */
  failing: Step | undefined
  /** What the pane at the side is about: a node, the trigger, or the whole; null when it is closed. */
  selected: string | null
  /** The run of the selected node that is looked at. */
  step: Step | undefined
  /** The other execution that it is compared with. */
  other: string | undefined
  /** Opens a node, and the nth of its runs. */
  select: (key: string | null, round?: number) => void
  compare: (id: string | undefined) => void
}

/** useRun is the execution of the address; undefined while it is read. */
export function useRun() {
  const { id = '' } = useParams({ strict: false })
  const search = useSearch({ strict: false })
  const execution = useExecution(id)
  const steps = useSteps(execution.data)
  const document = useExecuted(id)
  const types = useNodeTypes()
  const nameOf = useNames(document.data, types.data)
  const { select, compare } = useAddress()
  const around = useMemo(() => (document.data ? aroundOf(document.data) : new Map<string, Around>()), [document.data])
  const items = steps.data?.items
  const failing = useMemo(
    () => (execution.data && items && isBad(execution.data.status) ? culprit(items, execution.data.error) : undefined),
    [execution.data, items],
  )
  const selected = search.node === 'none' ? null : (search.node ?? usual(failing))
  const step = useMemo(() => stepOf(items ?? [], selected, search.round, search.node === undefined ? failing : undefined), [items, selected, search.round, search.node, failing])
  const run: Run | undefined = execution.data && {
    execution: execution.data, document: document.data, steps: items ?? none, more: steps.data?.more ?? false, around, nameOf, failing, selected, step,
    other: search.with, select, compare,
  }
  return { run, error: execution.error ?? steps.error, types: types.data, retry: () => void execution.refetch() }
}

const none: Step[] = []

// Where the pane would cover the page, it is opened by hand.
const usual = (failing: Step | undefined) => (window.matchMedia('(max-width: 900px)').matches ? null : (failing?.nodeKey ?? whole))

function stepOf(steps: Step[], key: string | null, round: string | undefined, usual: Step | undefined): Step | undefined {
  if (key === null || key === whole || key === trigger) return undefined
  const runs = runsOf(steps, key)
  return runs[Number(round) - 1] ?? usual ?? runs.at(-1)
}

function useAddress() {
  const navigate = useNavigate()
  const change = useCallback(
    (search: Record<string, string | undefined>) => void navigate({ to: '.', search: (old: Record<string, string | undefined>) => ({ ...old, ...search }), replace: true }),
    [navigate],
  )
  return {
    select: useCallback((key: string | null, round?: number) => change({ node: key ?? 'none', round: round === undefined ? undefined : String(round) }), [change]),
    compare: useCallback((id: string | undefined) => change({ with: id }), [change]),
  }
}
