import { Popover } from 'antd'
import { Braces } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { VariableTree } from './VariableTree'

/** The button beside a field that offers the variables. */
export function VariableButton({ label, onPick }: { label: string; onPick: (path: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const name = t('form:variables.insertInto', { name: label })
  const pick = (path: string) => {
    setOpen(false)
    onPick(path)
  }
  return (
    <Popover
      trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden arrow={false}
      content={
        <div className="variables-popover" role="dialog" aria-label={name}>
          <VariableTree onPick={pick} autoFocus />
        </div>
      }
    >
      <button type="button" className="variable-button" aria-label={name} title={name} aria-haspopup="dialog" aria-expanded={open}>
        <Braces size={13} aria-hidden />
      </button>
    </Popover>
  )
}
