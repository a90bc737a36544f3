import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Code } from '@/components/code/Code'

import type { WidgetProps } from '../context'
import { VariableCode } from '../VariableCode'

type JsonFieldProps = Pick<WidgetProps, 'value' | 'onChange' | 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'literal'> & { least?: number }

const written = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2))

/** Any JSON as text. What is no JSON yet is kept here and said to be none; the value stays as it was. */
export function JsonField({ value, onChange, literal, invalid, least = 3, ...props }: JsonFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => written(value))
  const [wrong, setWrong] = useState(false)
  const sent = useRef(value)
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(written(value))
    setWrong(false)
  }, [value])
  const change = (next: string) => {
    setText(next)
    const parsed = parse(next)
    setWrong(!parsed)
    if (!parsed) return
    sent.current = parsed.value
    onChange(parsed.value)
  }
  return (
    <>
      {literal ? (
        <Code {...props} language="json" value={text} onChange={change} invalid={invalid || wrong} bare least={least} />
      ) : (
        <VariableCode {...props} language="json" value={text} onChange={change} invalid={invalid || wrong} least={least} />
      )}
      {wrong && <p className="field-error" role="status">{t('form:notJson')}</p>}
    </>
  )
}

function parse(text: string): { value: unknown } | null {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
