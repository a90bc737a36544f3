import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Puts a text on the clipboard, and says so where it was clicked. */
export function CopyButton({ text, label, icon: Icon = Copy }: { text: string | (() => Promise<string>); label?: string; icon?: LucideIcon }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const name = label ?? t('common:copy')
  const copy = async () => {
    await write(typeof text === 'string' ? text : await text())
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={() => void copy()}>
      {copied ? <Check size={14} color="var(--ok)" /> : <Icon size={14} />}
      <span role="status" className="sr-only">
        {copied ? t('common:copied') : ''}
      </span>
    </button>
  )
}

/** write puts a text on the clipboard; it also works where the page came over plain HTTP, where browsers hide navigator.clipboard. */
export async function write(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
