import { Input, type InputRef } from 'antd'
import { ChevronRight, KeyRound, Search } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { short } from './looks'
import { reference } from './paths'
import { rowsOf, type VariableRow } from './rows'
import { useVariables, type Variable } from './variables'

type Row = Extract<VariableRow, { kind: 'variable' }>

/** The variables that may be named here, to look through by name and value and to pick from. The search field keeps the
 * focus: arrows move through the list, right and left open and close, Enter picks. */
export function VariableTree({ onPick, autoFocus }: { onPick: (path: string) => void; autoFocus?: boolean }) {
  const { t } = useTranslation()
  const groups = useVariables()
  const id = useId()
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(['$context.data']))
  const [active, setActive] = useState('')
  const input = useRef<InputRef>(null)
  useEffect(() => {
    if (autoFocus) input.current?.focus()
  }, [autoFocus])
  const rows = useMemo(() => rowsOf(groups, open, query), [groups, open, query])
  const variables = rows.filter((row): row is Row => row.kind === 'variable')
  const at = Math.max(0, variables.findIndex((row) => row.id === active))
  const current = variables[at]
  const toggle = ({ id: path, open: isOpen }: Row) => isOpen !== null && setOpen((before) => toggled(before, path, !isOpen))
  const move = (step: number) => {
    const next = variables[Math.min(variables.length - 1, Math.max(0, at + step))]
    if (!next) return
    setActive(next.id)
    document.getElementById(`${id}-${next.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !current) return
    const calls: Record<string, () => unknown> = {
      ArrowDown: () => move(active === '' ? 0 : 1), ArrowUp: () => move(-1), Enter: () => onPick(current.variable.path),
      ...(query === '' && { ArrowRight: () => current.open === false && toggle(current), ArrowLeft: () => current.open && toggle(current) }),
    }
    const call = calls[event.key]
    if (!call) return
    event.preventDefault()
    call()
  }
  return (
    <div className="variables">
      <Input
        ref={input} size="small" allowClear prefix={<Search size={13} aria-hidden />} value={query} placeholder={t('form:variables.search')} aria-label={t('form:variables.search')}
        onChange={(event) => setQuery(event.target.value)} onKeyDown={onKeyDown} role="combobox" aria-expanded aria-controls={`${id}-list`}
        aria-activedescendant={active && current ? `${id}-${current.id}` : undefined}
      />
      <div className="variables-list" role="tree" id={`${id}-list`} aria-label={t('form:variables.title')}>
        {rows.map((row) =>
          row.kind === 'group' ? (
            <div key={`group ${row.id}`} className="variables-group" role="presentation">{row.title || t(`form:variables.group.${row.id}`)}</div>
          ) : (
            <Line key={row.id} id={`${id}-${row.id}`} row={row} active={row.id === active} full={query !== ''} onPick={onPick} onToggle={() => toggle(row)} />
          ),
        )}
        {rows.length === 0 && <p className="variables-none muted">{t(query ? 'form:variables.noMatch' : 'form:variables.none')}</p>}
      </div>
    </div>
  )
}

function toggled(set: ReadonlySet<string>, path: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set)
  if (on) next.add(path)
  else next.delete(path)
  return next
}

interface LineProps {
  id: string
  row: Row
  active: boolean
  /** Whether the whole path is shown, or its last step. */
  full: boolean
  onPick: (path: string) => void
  onToggle: () => void
}

function Line({ id, row: { variable, depth, open }, active, full, onPick, onToggle }: LineProps) {
  return (
    // The search field above has the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id} role="treeitem" aria-level={depth + 1} aria-selected={active} aria-expanded={open ?? undefined} className={active ? 'variables-row variables-active' : 'variables-row'}
      style={{ paddingLeft: 6 + depth * 14 }} title={variable.path} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', reference(variable.path))}
      onMouseDown={(event) => event.detail > 1 && event.preventDefault()} onClick={() => onPick(variable.path)}
    >
      <span
        className="variables-fold" aria-hidden
        onClick={(event) => {
          if (open === null) return
          event.stopPropagation()
          onToggle()
        }}
      >
        {open !== null && <ChevronRight size={13} className={open ? 'form-turned' : ''} />}
      </span>
      <span className="variables-name mono">{full ? variable.path : variable.label}</span>
      <Sample variable={variable} />
    </div>
  )
}

function Sample({ variable: { sample, type } }: { variable: Variable }) {
  const { t } = useTranslation()
  if (type === 'secret') {
    return (
      <span className="variables-sample muted">
        <KeyRound size={11} aria-hidden /> {t('form:variables.secret')}
      </span>
    )
  }
  return <span className="variables-sample muted mono cut">{sample === undefined ? type : short(sample, 60)}</span>
}
