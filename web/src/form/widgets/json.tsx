import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Code } from '@/components/code/Code'

import type { WidgetProps } from '../context'
import { useLooks } from '../looks'
import { aimAt } from '../target'

type JsonFieldProps = Pick<WidgetProps, 'value' | 'onChange' | 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'literal'> & { least?: number }

const written = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2))

/** Any JSON as text. What is no JSON yet is kept here and said to be none; the value stays as it was. */
export function JsonField({ value, onChange, literal, invalid, least = 3, ...props }: JsonFieldProps) {
  const { t } = useTranslation()
  const looks = useLooks()
  const [text, setText] = useState(() => written(value))
  const [wrong, setWrong] = useState(false)
  const sent = useRef(value)
  const insert = useRef<((text: string) => void) | null>(null)
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
      <Code
        {...props} language="json" value={text} onChange={change} invalid={invalid || wrong} bare least={least} {...(!literal && { variables: looks })}
        inserter={(next) => void (insert.current = next)} onFocus={() => !literal && aimAt({ label: props.label, insert: (added) => insert.current?.(added) })}
      />
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
