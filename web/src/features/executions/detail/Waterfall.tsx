import { useVirtualizer } from '@tanstack/react-virtual'
import { Switch } from 'antd'
import { ChevronDown, ChevronRight, CornerDownRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/EmptyState'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'

import { hasEnded, isBad, runsOf } from '../steps'
import { lineOf, linesOf, opened, scaleOf, shownOf, type Line, type Shown } from '../waterfall'
import type { Run } from '../useRun'
import { useNow } from './useNow'

const rowHeight = 26
const indent = 14

/** When each step ran and how long: rounds under their loop, branches under their node. */
export function Waterfall({ run }: { run: Run }) {
  const { t } = useTranslation()
  const [logarithmic, setLogarithmic] = useState(false)
  const { lines, total } = useLines(run)
  const { shown, toggle } = useShown(lines, run)
  if (shown.length === 0) return <EmptyState title={t(hasEnded(run.execution.status) ? 'executions:waterfall.none' : 'executions:waterfall.notYet')} />
  return (
    <section className="ex-fall" aria-label={t('executions:waterfall.title')}>
      <div className="row ex-fall-bar">
        <h2>{t('executions:waterfall.title')}</h2>
        <span className="muted num">{t('executions:waterfall.steps', { count: run.steps.length })}</span>
        {run.more && <span className="ex-warn">{t('executions:waterfall.more')}</span>}
        <span className="grow" />
        <label className="row">
          <span className="muted">{t('executions:waterfall.log')}</span>
          <Switch size="small" checked={logarithmic} onChange={setLogarithmic} aria-label={t('executions:waterfall.log')} />
        </label>
      </div>
      <Rows run={run} shown={shown} scale={scaleOf(total, logarithmic)} toggle={toggle} />
    </section>
  )
}

function useLines({ execution, steps, around }: Run) {
  const now = useNow(!hasEnded(execution.status))
  return useMemo(() => {
    const created = Date.parse(execution.createdAt)
    const started = Date.parse(execution.startedAt ?? execution.createdAt)
    const lines = linesOf({ steps, around, created, started, now })
    const length = (execution.finishedAt ? Date.parse(execution.finishedAt) : now) - started
    return { lines, total: lines.reduce((end, line) => Math.max(end, line.end), length) }
  }, [execution.createdAt, execution.startedAt, execution.finishedAt, steps, around, now])
}

/** useShown are the lines that are not in a closed one; what is selected opens what is around it. */
function useShown(lines: Line[], { step }: Run) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const path = step?.path
  const latest = useRef({ lines, step })
  useEffect(() => {
    latest.current = { lines, step }
  })
  useEffect(() => {
    const { lines: all, step: chosen } = latest.current
    const line = chosen && lineOf(all, chosen)
    if (line) setToggled((before) => opened(line, before))
    // What is newly selected opens; new lines, as they come while it runs, open nothing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [path])
  const toggle = (line: Line) =>
    setToggled((before) => {
      const next = new Set(before)
      if (!next.delete(line.id)) next.add(line.id)
      return next
    })
  return { shown: useMemo(() => shownOf(lines, toggled), [lines, toggled]), toggle }
}

interface RowsProps {
  run: Run
  shown: Shown[]
  scale: (ms: number) => number
  toggle: (line: Line) => void
}

function Rows({ run, shown, scale, toggle }: RowsProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const chosen = shown.findIndex(({ line }) => line.step !== undefined && line.step === run.step)
  const [active, setActive] = useState(0)
  const rows = useVirtualizer({ count: shown.length, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 12 })
  useEffect(() => {
    if (chosen < 0) return
    setActive(chosen)
    rows.scrollToIndex(chosen)
  }, [chosen, rows])
  const pick = ({ line }: Shown) => {
    if (line.step) run.select(line.key, runsOf(run.steps, line.key).indexOf(line.step) + 1)
    else toggle(line)
  }
  const go = (index: number) => {
    const next = Math.min(shown.length - 1, Math.max(0, index))
    setActive(next)
    rows.scrollToIndex(next)
  }
  const press = (event: KeyboardEvent) => {
    const row = shown[active]
    if (!row || event.nativeEvent.isComposing) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(shown.length - 1),
      ArrowRight: () => (row.line.inner.length > 0 && !row.open ? toggle(row.line) : go(active + 1)),
      ArrowLeft: () => (row.open ? toggle(row.line) : go(shown.findIndex(({ line }) => line === row.line.parent))),
      Enter: () => pick(row),
      ' ': () => pick(row),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div ref={frame} className="ex-rows" role="tree" aria-label={t('executions:waterfall.title')} tabIndex={0} aria-activedescendant={`ex-row-${active}`} onKeyDown={press}>
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const row = shown[index] as Shown
          return (
            <div
              key={row.line.id}
              id={`ex-row-${index}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={row.line.inner.length > 0 ? row.open : undefined}
              aria-selected={index === chosen}
              className={rowClass(row.line, index === chosen, index === active)}
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              onClick={() => (setActive(index), pick(row))}
            >
              <Label row={row} run={run} onToggle={() => toggle(row.line)} />
              <Bar line={row.line} scale={scale} />
              <Length line={row.line} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const rowClass = (line: Line, chosen: boolean, active: boolean) =>
  ['ex-row', chosen && 'ex-chosen', active && 'ex-active', line.kept && 'ex-kept'].filter(Boolean).join(' ')

function Label({ row: { line, depth, open }, run, onToggle }: { row: Shown; run: Run; onToggle: () => void }) {
  const { t } = useTranslation()
  const Icon = open ? ChevronDown : ChevronRight
  const round = line.label !== undefined && run.around.get(line.key)?.loops
  const name = line.label === undefined ? run.nameOf(line.key).title : round ? t('executions:round', { n: Number(line.label) + 1 }) : line.label
  return (
    <span className="ex-label" style={{ paddingLeft: 8 + Math.min(depth, 8) * indent }}>
      {line.inner.length > 0 ? (
        // The row itself is what the keyboard and screen readers open.
        <span className="ex-toggle" aria-hidden onClick={(event) => (event.stopPropagation(), onToggle())}>
          <Icon size={13} />
        </span>
      ) : (
        <span className="ex-toggle" aria-hidden>{line.label !== undefined && <CornerDownRight size={11} />}</span>
      )}
      <span className={line.label === undefined ? 'cut' : 'cut muted'} title={line.step?.path ?? line.id}>{name}</span>
      {!open && line.inner.length > 0 && <span className="ex-count num">{line.inner.length}</span>}
      <Mark line={line} open={open} />
    </span>
  )
}

/** State as an icon; its word is for those who hear the page or point at it. */
function Mark({ line, open }: { line: Line; open: boolean }) {
  const { t } = useTranslation()
  const status = line.status === 'succeeded' && line.failedInside && !open ? 'failedInside' : line.status
  if (status === 'succeeded') return <span className="sr-only">{t('common:status.succeeded')}</span>
  if (status === 'failedInside') return <span className="ex-inside" title={t('executions:failedInside')}>{t('executions:failedInside')}</span>
  return <span className="ex-mark" title={t(`common:status.${status}`)}><Status of={status} size={13} /></span>
}

function Bar({ line, scale }: { line: Line; scale: (ms: number) => number }) {
  const { t } = useTranslation()
  if (line.kept) return <span className="ex-kept-note cut" title={t('executions:kept')}>{t('executions:keptShort')}</span>
  const from = scale(line.start) * 100
  const to = scale(line.end) * 100
  const tone = isBad(line.status) ? 'ex-bad' : line.status === 'running' || line.status === 'waiting' ? 'ex-live' : line.status === 'skipped' ? 'ex-skip' : ''
  return (
    <span className="ex-track" aria-hidden>
      <span className={`ex-bar ${tone} ${line.label === undefined ? '' : 'ex-group'}`} style={{ left: `${Math.min(from, 99.6)}%`, width: `max(3px, ${to - from}%)` }} />
    </span>
  )
}

function Length({ line }: { line: Line }) {
  const format = useFormat()
  return <span className="ex-ms mono num">{line.kept ? '' : format.duration(line.end - line.start)}</span>
}
