import { CircleAlert, CircleCheck, EyeOff, ListTree, Redo2, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { FlowProblem } from '@/flow/validate'

import { redoEdit, undoEdit, useEditor } from '../store'
import type { Panel } from '../useAddress'

interface ToolsProps {
  problems: FlowProblem[]
  panel: Panel | undefined
  onPanel: (panel: Panel | undefined) => void
  readOnly: boolean
}

/** The editor's buttons on the canvas: undo, redo, outline, problems. */
export function Tools({ problems, panel, onPanel, readOnly }: ToolsProps) {
  const { t } = useTranslation()
  const past = useEditor((editor) => editor.history.past.at(-1)?.name)
  const future = useEditor((editor) => editor.history.future[0]?.name)
  const ran = useEditor((editor) => editor.run !== null && !editor.running)
  const toggle = (name: Panel) => onPanel(panel === name ? undefined : name)
  const errors = problems.some(({ level }) => level === 'error')
  const Icon = problems.length > 0 ? CircleAlert : CircleCheck
  const count = t('editor:problems.count', { count: problems.length })
  return (
    <>
      {!readOnly && (
        <>
          <span className="ed-divider" aria-hidden />
          <Tool name={past ? `${t('editor:undo')}: ${t(`editor:step.${past}`)}` : t('editor:undo')} keys="Ctrl Z" disabled={!past} onClick={undoEdit}>
            <Undo2 size={15} aria-hidden />
          </Tool>
          <Tool name={future ? `${t('editor:redo')}: ${t(`editor:step.${future}`)}` : t('editor:redo')} keys="Shift Ctrl Z" disabled={!future} onClick={redoEdit}>
            <Redo2 size={15} aria-hidden />
          </Tool>
        </>
      )}
      {ran && (
        <Tool name={t('editor:run.hide')} onClick={() => useEditor.setState({ run: null, steps: {} })}>
          <EyeOff size={15} aria-hidden />
        </Tool>
      )}
      <span className="ed-divider" aria-hidden />
      <Tool name={t('editor:outline')} pressed={panel === 'outline'} onClick={() => toggle('outline')}>
        <ListTree size={15} aria-hidden />
      </Tool>
      <button type="button" className="ed-problems-button" aria-pressed={panel === 'problems'} title={count} onClick={() => toggle('problems')}>
        <Icon size={15} aria-hidden color={problems.length === 0 ? 'var(--ok)' : errors ? 'var(--error)' : 'var(--warn)'} />
        <span className="num" role="status">
          {problems.length}
          <span className="sr-only">{count}</span>
        </span>
      </button>
    </>
  )
}

interface ToolProps {
  name: string
  keys?: string
  disabled?: boolean
  pressed?: boolean
  onClick: () => void
  children: React.ReactNode
}

function Tool({ name, keys, disabled, pressed, onClick, children }: ToolProps) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={keys ? `${name} (${keys})` : name} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  )
}
