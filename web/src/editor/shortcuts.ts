import { useEffect } from 'react'

import { find } from '@/flow/tree'

import { clipOf, nodesIn, put } from './clipboard'
import { behindSelected, duplicate, paste } from './commands'
import { save } from './save'
import { redoEdit, undoEdit, useEditor } from './store'

/** isTyping reports whether a key belongs to a field, which has its own undo and clipboard. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role=textbox], [role=dialog]') !== null)

const selectedNode = () => {
  const { history, selected } = useEditor.getState()
  return selected ? find(history.present, selected)?.node : undefined
}

/** useShortcuts does what the usual keys mean in an editor, where no field has them. */
export function useShortcuts(active: boolean, onRemove: (key: string) => void) {
  useEffect(() => {
    if (!active) return
    const keydown = (event: KeyboardEvent) => {
      if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 's') void save()
      else if (isTyping(event.target)) return
      else if (key === 'z') (event.shiftKey ? redoEdit : undoEdit)()
      else if (key === 'y') redoEdit()
      else if (key === 'd') {
        const node = selectedNode()
        if (node) duplicate(node.key)
      } else return
      event.preventDefault()
    }
    // The events of the clipboard carry its text, also where a page may not read it.
    const copy = (event: ClipboardEvent) => {
      const node = selectedNode()
      if (!node || isTyping(event.target) || getSelection()?.toString()) return
      put([node])
      event.clipboardData?.setData('text/plain', clipOf([node]))
      event.preventDefault()
      if (event.type === 'cut') onRemove(node.key)
    }
    const pasted = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return
      const nodes = nodesIn(event.clipboardData?.getData('text/plain') ?? '')
      if (!nodes) return
      event.preventDefault()
      paste(nodes, behindSelected())
    }
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener('keydown', keydown, { signal })
    document.addEventListener('copy', copy, { signal })
    document.addEventListener('cut', copy, { signal })
    document.addEventListener('paste', pasted, { signal })
    return () => listening.abort()
  }, [active, onRemove])
}
