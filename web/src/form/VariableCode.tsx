import { useEffect, useRef } from 'react'

import { Code } from '@/components/code/Code'
import type { CodeProps } from '@/components/code/props'

import { useLooks } from './looks'
import { reference } from './paths'
import { aimAt, forget, type InsertTarget } from './target'
import { VariableButton } from './VariableButton'

type VariableCodeProps = Pick<CodeProps, 'value' | 'onChange' | 'label' | 'readOnly' | 'invalid' | 'describedBy' | 'language'> & { least: number }

/** A field of code in which variables stand as pills. */
export function VariableCode({ label, readOnly, ...props }: VariableCodeProps) {
  const looks = useLooks()
  const insert = useRef<((text: string) => void) | null>(null)
  const target = useRef<InsertTarget | null>(null)
  useEffect(() => () => forget(target.current), [])
  const add = (text: string) => insert.current?.(text)
  return (
    <div className="template">
      <Code
        {...props} label={label} readOnly={readOnly} bare variables={looks} inserter={(next) => void (insert.current = next)}
        onFocus={() => aimAt((target.current = { label, insert: add }))}
      />
      {!readOnly && <VariableButton label={label} onPick={(path) => add(reference(path))} />}
    </div>
  )
}
