import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSample } from '@/api/drafts'
import { useEndpoint, useOpenTest } from '@/api/endpoint'
import type { FlowDocument } from '@/flow/document'

import { useEditor } from '../../store'
import { methodsOf, pathOf } from '../Configure'
import { ListenPanel } from '../ListenPanel'
import { filled, requestOf, type RequestText } from '../request'
import type { Listener } from '../useListener'
import { Code } from './Code'
import { SamplePanel } from './SamplePanel'
import { Send } from './Send'

const parts = ['listen', 'send', 'sample', 'code'] as const
type Part = (typeof parts)[number]

/** Trying the webhook: with a request of the real sender, with one of our own, and with what is kept of them. */
export function TestTab({ document, listener }: { document: FlowDocument; listener: Listener }) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const [part, setPart] = useState<Part>('listen')
  const { data: sample } = useSample(key)
  const [edited, setEdited] = useState<RequestText | null>(null)
  const request = edited ?? requestOf(sample, methodsOf(document.trigger.config ?? {})[0] ?? 'POST', filled(pathOf(document)))
  useOpened(key)
  return (
    <div className="ed-tab">
      <Segmented<Part> block aria-label={t('trigger:tab.test')} value={part} onChange={setPart} options={parts.map((value) => ({ value, label: t(`trigger:test.${value}`) }))} />
      {part === 'listen' && <Listen listener={listener} />}
      {part === 'send' && <Send request={request} onChange={setEdited} hasSample={sample?.request !== undefined && sample?.request !== null} edited={edited !== null} />}
      {part === 'sample' && <SamplePanel />}
      {part === 'code' && <Code document={document} request={request} />}
    </div>
  )
}

function Listen({ listener }: { listener: Listener }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="muted trg-small">{t('trigger:listen.help')}</p>
      <ListenPanel listener={listener} />
      <TestUrl />
    </>
  )
}

function TestUrl() {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const etag = useEditor((editor) => editor.meta.etag)
  const { data } = useEndpoint(key, etag)
  if (!data) return null
  return (
    <p className="trg-small">
      {t('trigger:listen.urls')}
      <br />
      <code className="trg-break">{data.live.url}</code>
      <br />
      <code className="trg-break">{data.test.url}</code>
    </p>
  )
}

/** useOpened has the test URL answer once somebody comes to test. */
function useOpened(key: string) {
  const etag = useEditor((editor) => editor.meta.etag)
  const { data } = useEndpoint(key, etag)
  const { mutate } = useOpenTest(key)
  const asked = useRef(false)
  const closed = data !== undefined && data.test.answersWith === null
  useEffect(() => {
    if (!closed || asked.current) return
    asked.current = true
    mutate()
  }, [closed, mutate])
}
