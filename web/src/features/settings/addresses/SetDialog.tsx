import { Input, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useIPSet, usePutIPSet } from '@/api/ipsets'
import { Failure, problemAt } from '@/components/Failure'
import { useReturnFocus } from '@/components/useReturnFocus'

import { Dialog, Field } from '../parts'
import { lineAt, linesOf } from './ranges'

interface Props {
  /** None: a new set is made. */
  name?: string
  readOnly?: boolean
  onClose: () => void
}

/** Edits a set as text, once its ranges are there. */
export function SetDialog({ name, readOnly, onClose }: Props) {
  const { t } = useTranslation()
  const set = useIPSet(name)
  useReturnFocus()
  const title = name ? t(readOnly ? 'settings:showNamed' : 'settings:editNamed', { name: `@${name}` }) : t('settings:addresses.new')
  if (name && (!set.data || !set.isFetchedAfterMount || readOnly))
    return (
      <Modal open title={title} footer={null} onCancel={onClose}>
        <Failure error={set.error} />
        {set.data ? <pre className="settings-raw">{set.data.ranges?.join('\n')}</pre> : <Skeleton active />}
      </Modal>
    )
  return <SetForm title={title} name={name} ranges={set.data?.ranges ?? []} onClose={onClose} />
}

function SetForm({ title, name: given, ranges, onClose }: { title: string; name: string | undefined; ranges: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const put = usePutIPSet()
  const [name, setName] = useState(given ?? '')
  const [text, setText] = useState(ranges.join('\n'))
  const lines = linesOf(text)
  return (
    <Dialog
      title={title}
      submit={t('settings:save')}
      pending={put.isPending}
      error={put.error} shown={['/name', '/ranges']}
      disabled={name === ''}
      onSubmit={() => put.mutate({ name, ranges: lines }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {!given && (
        <Field label={t('settings:addresses.name')} hint={t('settings:addresses.nameHint', { name: name || 'github' })} error={problemAt(put.error, '/name')}>
          {(aria) => <Input {...aria} className="mono" autoFocus spellCheck={false} value={name} onChange={(event) => setName(event.target.value.trim())} />}
        </Field>
      )}
      <Field label={t('settings:addresses.ranges')} hint={t('settings:addresses.rangesHint', { count: lines.length })} error={useRangeProblem(put.error, text)}>
        {(aria) => <Input.TextArea {...aria} className="mono" rows={12} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
    </Dialog>
  )
}

function useRangeProblem(error: unknown, text: string): string | undefined {
  const { t } = useTranslation()
  if (!(error instanceof ApiError)) return undefined
  const found = error.problem.errors.find((one) => one.pointer.startsWith('/ranges/'))
  return found && t('settings:addresses.line', { line: lineAt(text, Number(found.pointer.slice('/ranges/'.length))), detail: found.detail })
}
