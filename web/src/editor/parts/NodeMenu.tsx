import { Dropdown, type MenuProps } from 'antd'
import { ArrowDown, ArrowUp, CirclePause, CirclePlay, ClipboardPaste, Copy, CopyPlus, GitBranchPlus, Scissors, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeTypes } from '@/api/catalogue'
import { typeOf } from '@/flow/branches'
import type { FlowDocument } from '@/flow/document'
import { after, find, neighbour } from '@/flow/tree'

import { held, put } from '../clipboard'
import { addBranch, duplicate, paste, shift, toggleDisabled } from '../commands'

interface NodeMenuProps {
  document: FlowDocument
  types: NodeTypes | undefined
  nodeKey: string
  anchor: HTMLElement
  onRemove: (key: string) => void
  onClose: () => void
}

/** What can be done with a node. */
export function NodeMenu({ document, types, nodeKey, anchor, onRemove, onClose }: NodeMenuProps) {
  const { t } = useTranslation()
  const [{ left, bottom }] = useState(() => anchor.getBoundingClientRect())
  useEffect(() => () => void (anchor.isConnected && globalThis.document.activeElement === globalThis.document.body && anchor.focus({ preventScroll: true })), [anchor])
  const node = find(document, nodeKey)?.node
  if (!node) return null
  const clip = held()
  const item = (key: string, label: string, icon: React.ReactNode, keys: string, act: () => void, disabled = false) => ({
    key, icon, disabled, danger: key === 'delete', onClick: act,
    label: (
      <span className="ed-menu-row">
        {label}
        <kbd>{keys}</kbd>
      </span>
    ),
  })
  const items: MenuProps['items'] = [
    item('duplicate', t('editor:menu.duplicate'), <CopyPlus size={14} />, 'Ctrl D', () => duplicate(nodeKey)),
    item('copy', t('editor:menu.copy'), <Copy size={14} />, 'Ctrl C', () => put([node])),
    item('cut', t('editor:menu.cut'), <Scissors size={14} />, 'Ctrl X', () => {
      put([node])
      onRemove(nodeKey)
    }),
    item('paste', t('editor:menu.paste'), <ClipboardPaste size={14} />, 'Ctrl V', () => {
      const place = after(document, nodeKey)
      if (clip && place) paste(clip, place)
    }, clip === null),
    { type: 'divider' },
    item('up', t('editor:menu.up'), <ArrowUp size={14} />, '⇧ ↑', () => shift(nodeKey, -1), !neighbour(document, nodeKey, -1)),
    item('down', t('editor:menu.down'), <ArrowDown size={14} />, '⇧ ↓', () => shift(nodeKey, 1), !neighbour(document, nodeKey, 1)),
    ...(typeOf(types, node.type)?.any ? [item('branch', t('editor:menu.branch'), <GitBranchPlus size={14} />, '', () => addBranch(nodeKey))] : []),
    item('disable', node.disabled ? t('editor:menu.enable') : t('editor:menu.disable'), node.disabled ? <CirclePlay size={14} /> : <CirclePause size={14} />, '', () => toggleDisabled(nodeKey)),
    { type: 'divider' },
    item('delete', t('editor:menu.delete'), <Trash2 size={14} />, 'Del', () => onRemove(nodeKey)),
  ]
  return (
    // It opens when somebody asks for it; the arrow keys go through it.
    // oxlint-disable-next-line jsx-a11y/no-autofocus
    <Dropdown open autoFocus trigger={['click']} onOpenChange={(open) => open || onClose()} menu={{ items, onClick: onClose, className: 'ed-menu' }}>
      <span style={{ position: 'fixed', left, top: bottom, width: 1, height: 1 }} />
    </Dropdown>
  )
}
