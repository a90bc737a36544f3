import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'

interface FormProps {
  schema: Schema
  value: Record<string, unknown>
  onChange: (next: Record<string, unknown>) => void
  problems?: { pointer: string; text: string }[]
  readOnly?: boolean
  except?: string[]
}

/** The settings as JSON. */
export function Form({ value, onChange, problems = [], readOnly }: FormProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const write = (next: string) => {
    setText(next)
    try {
      onChange(JSON.parse(next) as Record<string, unknown>)
    } catch {
      // Half written: the document keeps the last one that parsed.
    }
  }
  return (
    <>
      <Input.TextArea className="mono" autoSize={{ minRows: 4, maxRows: 24 }} aria-label={t('editor:tab.config')} readOnly={readOnly} value={text} onChange={({ target }) => write(target.value)} />
      {problems.map(({ pointer, text }) => (
        <p key={pointer + text} className="ed-error">
          {text}
        </p>
      ))}
    </>
  )
}
