import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { keyPattern, keysOf } from '@/flow/keys'

import { rekey } from '../commands'
import { useEditor } from '../store'

/** The key of a node, by which others read its result: renaming it changes those that do. */
export function KeyField({ nodeKey, readOnly }: { nodeKey: string; readOnly: boolean }) {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState('')
  if (readOnly) return <code>{nodeKey}</code>
  if (text === null) {
    return (
      <button type="button" className="ed-key" title={t('editor:node.rename')} aria-label={`${nodeKey}: ${t('editor:node.rename')}`} onClick={() => setText(nodeKey)}>
        <code>{nodeKey}</code>
      </button>
    )
  }
  const commit = () => {
    if (text === nodeKey) return setText(null)
    if (!keyPattern.test(text)) return setProblem(t('editor:problem.badKey', { key: text }))
    if (keysOf(useEditor.getState().history.present).has(text)) return setProblem(t('editor:problem.duplicateKey', { key: text }))
    rekey(nodeKey, text)
  }
  return (
    <span>
      <Input
        size="small"
        // It takes the place of the button that was just used.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="mono"
        style={{ width: 160 }}
        aria-label={t('editor:node.key')}
        aria-invalid={problem !== '' || undefined}
        status={problem ? 'error' : ''}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setProblem('')
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') commit()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setText(null)
        }}
      />
      {problem && (
        <span role="alert" className="ed-error">
          {problem}
        </span>
      )}
    </span>
  )
}
