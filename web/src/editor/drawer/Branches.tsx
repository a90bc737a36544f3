import { Button, Input } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowNode } from '@/flow/document'

import { addBranch, dropBranch, renameBranch } from '../commands'

/** The branches of a node that has as many as one likes. */
export function Branches({ node, readOnly }: { node: FlowNode; readOnly: boolean }) {
  const { t } = useTranslation()
  const names = Object.keys(node.branches ?? {}).filter((name) => name !== 'error')
  return (
    <fieldset className="ed-branches">
      <legend>{t('editor:branches.title')}</legend>
      {names.map((name) => (
        <BranchName key={name} node={node} name={name} taken={names} readOnly={readOnly} />
      ))}
      {!readOnly && (
        <Button size="small" type="dashed" icon={<Plus size={13} />} onClick={() => addBranch(node.key)}>
          {t('editor:menu.branch')}
        </Button>
      )}
    </fieldset>
  )
}

function BranchName({ node, name, taken, readOnly }: { node: FlowNode; name: string; taken: string[]; readOnly: boolean }) {
  const { t } = useTranslation()
  const [text, setText] = useState(name)
  const wrong = text !== name && (text === '' || text === 'error' || taken.includes(text))
  const commit = () => {
    if (wrong) setText(name)
    else if (text !== name) renameBranch(node.key, name, text)
  }
  const remove = t('editor:branches.remove', { name })
  return (
    <div className="row">
      <Input
        size="small"
        className="mono"
        aria-label={t('editor:branches.name')}
        value={text}
        status={wrong ? 'error' : ''}
        readOnly={readOnly}
        maxLength={64}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && commit()}
      />
      <span className="muted num">{t('editor:branches.nodes', { count: node.branches?.[name]?.length ?? 0 })}</span>
      {!readOnly && (
        <button type="button" className="icon-button" aria-label={remove} title={remove} onClick={() => dropBranch(node.key, name)}>
          <Trash2 size={14} />
        </button>
      )}
    </div>
  )
}
