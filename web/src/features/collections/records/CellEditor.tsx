import { Input } from 'antd'
import { useRef, type FocusEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useFieldTitle } from '../FieldName'
import { FieldInput } from './FieldInput'
import type { Edit } from './useEdit'

interface Props {
  edit: Edit
  onType: (text: string) => void
  /** Saves; what a choice has chosen comes along. */
  onSave: (text?: string) => Promise<boolean>
  /** Ends the editing; by how many columns to go on. */
  onDone: (step: number) => void
  onCancel: () => void
}

const chosen = new Set(['boolean', 'select', 'relation'])
const wide = new Set(['text', 'json'])

/** The editor over a cell: Enter and Tab save, Escape leaves all as it was. */
export function CellEditor({ edit, onType, onSave, onDone, onCancel }: Props) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  const { field, text, error, saving } = edit
  const done = useRef(false) // then the focus leaves by our doing
  const finish = async (step: number, next?: string) => {
    if (!(await onSave(next))) return
    done.current = true
    onDone(step)
  }
  const cancel = () => {
    done.current = true
    onCancel()
  }
  const press = (event: KeyboardEvent) => {
    event.stopPropagation() // the grid's keys are not meant here
    if (event.nativeEvent.isComposing || saving) return
    const enter = event.key === 'Enter' && !chosen.has(field.type) && (!wide.has(field.type) || event.ctrlKey || event.metaKey)
    if (event.key === 'Escape') cancel()
    else if (enter) void finish(0)
    else if (event.key === 'Tab') void finish(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (done.current || saving || event.currentTarget.contains(event.relatedTarget)) return
    if (chosen.has(field.type)) cancel()
    else void onSave()
  }
  const common = { label: t('collections:grid.edit', { field: titleOf(field) }), autoFocus: true, invalid: error !== '', describedBy: 'collections-cell-error' }
  return (
    // The keys go to the input inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="collections-editor" data-wide={wide.has(field.type) || undefined} onKeyDown={press} onBlur={leave} onDoubleClick={(event) => event.stopPropagation()}>
      {wide.has(field.type) ? (
        <Input.TextArea
          className={field.type === 'json' ? 'mono' : undefined}
          autoFocus
          autoSize={{ minRows: 4, maxRows: 14 }}
          aria-label={common.label}
          aria-invalid={common.invalid}
          aria-describedby={common.describedBy}
          value={text}
          onChange={(event) => onType(event.target.value)}
        />
      ) : (
        <FieldInput {...common} field={field} value={text} onChange={(next) => (chosen.has(field.type) ? void finish(0, next) : onType(next))} />
      )}
      <div id="collections-cell-error" role="alert" className="collections-wrong">
        {error}
      </div>
      {wide.has(field.type) && <div className="muted collections-keys">{t('collections:grid.keys')}</div>}
    </div>
  )
}
