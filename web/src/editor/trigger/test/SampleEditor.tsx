import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Sample } from '@/api/drafts'
import { usePutSample, type SampleSource } from '@/api/sample'
import { Code } from '@/components/code/Code'
import { Failure } from '@/components/Failure'

import { useEditor } from '../../store'

type Kind = 'body' | 'context'

/** The sample by hand: the body of a request, or the whole of what the workflow reads. */
export function SampleEditor({ sample, onDone }: { sample: Sample | null | undefined; onDone: () => void }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const put = usePutSample(key)
  const [kind, setKind] = useState<Kind>('body')
  const [texts, setTexts] = useState<Record<Kind, string>>(() => ({ body: written(sample?.request?.body), context: written(sample?.context) }))
  const text = texts[kind]
  const wrong = unreadable(text)
  const keep = () => put.mutate(sourceOf(kind, JSON.parse(text), sample), { onSuccess: onDone })
  return (
    <>
      <Segmented<Kind> block size="small" aria-label={t('trigger:sample.kind')} value={kind} onChange={setKind} options={[{ value: 'body', label: t('trigger:sample.body') }, { value: 'context', label: t('trigger:sample.context') }]} />
      <p className="muted trg-small">{t(kind === 'body' ? 'trigger:sample.bodyHelp' : 'trigger:sample.contextHelp')}</p>
      <Code key={kind} language="json" least={10} most={30} value={text} label={t(`trigger:sample.${kind}`)} invalid={wrong} onChange={(next) => setTexts({ ...texts, [kind]: next })} />
      {wrong && <p className="ed-error">{t('trigger:sample.badJson')}</p>}
      <Failure error={put.error} />
      <div className="trg-buttons">
        <Button type="primary" disabled={wrong || text.trim() === ''} loading={put.isPending} onClick={keep}>
          {t('trigger:sample.keep')}
        </Button>
        <Button onClick={onDone}>{t('trigger:cancel')}</Button>
      </div>
    </>
  )
}

const written = (value: unknown) => (value === undefined || value === null ? '' : JSON.stringify(value, null, 2))

function unreadable(text: string): boolean {
  try {
    JSON.parse(text === '' ? 'null' : text)
    return false
  } catch {
    return true
  }
}

/** sourceOf keeps of the request before what belongs to any body: its method, its query, its path parameters. */
function sourceOf(kind: Kind, value: unknown, sample: Sample | null | undefined): SampleSource {
  if (kind === 'context') return { context: value }
  const before = sample?.request
  const headers = { 'Content-Type': 'application/json', ...otherHeaders(before?.headers) }
  return { request: { method: methodsWithBody.find((one) => one === before?.method) ?? 'POST', headers, body: value, query: before?.query, params: paramsOf(before?.params) } }
}

const otherHeaders = (headers: Record<string, string> = {}) => Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(content-(type|length|encoding)|host)$/i.test(name)))

const methodsWithBody = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

const paramsOf = (params: unknown): Record<string, string> | undefined =>
  typeof params === 'object' && params !== null ? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])) : undefined
