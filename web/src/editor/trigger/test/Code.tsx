import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSchemes, type Schema } from '@/api/catalogue'
import { useSample } from '@/api/drafts'
import { useEndpoint, useSnippet } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { CopyButton } from '@/components/CopyButton'
import { Failure } from '@/components/Failure'
import type { FlowDocument } from '@/flow/document'

import { useEditor } from '../../store'
import { methodsOf } from '../Configure'
import { verificationOf } from '../progress'
import { setupPrompt } from '../prompt'
import { toSend, type RequestText } from '../request'

const languages = ['curl', 'javascript', 'go', 'python'] as const
type Language = (typeof languages)[number]
const titles: Record<Language, string> = { curl: 'curl', javascript: 'JavaScript', go: 'Go', python: 'Python' }

/** The request as a program to copy, and all that somebody else needs to send such requests. */
export function Code({ document, request }: { document: FlowDocument; request: RequestText }) {
  const { t, i18n } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const [language, setLanguage] = useState<Language>('curl')
  const [target, setTarget] = useState<RequestText['target']>('live')
  const { sign: _, ...body } = toSend({ ...request, target })
  const snippet = useSnippet(key, language, body)
  return (
    <>
      <Segmented<RequestText['target']> block size="small" aria-label={t('trigger:send.target')} value={target} onChange={setTarget} options={[{ value: 'live', label: t('trigger:send.live') }, { value: 'test', label: t('trigger:send.test') }]} />
      <div className="row">
        <Segmented<Language> size="small" aria-label={t('trigger:code.language')} value={language} onChange={setLanguage} options={languages.map((value) => ({ value, label: titles[value] }))} />
        <span className="grow" />
        {snippet.data && <CopyButton text={snippet.data.code} label={t('trigger:code.copy')} />}
      </div>
      <Failure error={snippet.error} />
      {snippet.data && (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="trg-code" tabIndex={0} aria-label={t('trigger:code.title', { language: titles[language] })}>
            {snippet.data.code}
          </pre>
          {snippet.data.note && <p className="trg-note">{pick(snippet.data.note, i18n.language)}</p>}
          {snippet.data.variables?.length > 0 && <p className="muted trg-small">{t('trigger:code.variables', { names: snippet.data.variables.join(', ') })}</p>}
        </>
      )}
      <Prompt document={document} />
    </>
  )
}

function Prompt({ document }: { document: FlowDocument }) {
  const { t, i18n } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const etag = useEditor((editor) => editor.meta.etag)
  const { data: endpoint } = useEndpoint(key, etag)
  const { data: schemes = [] } = useSchemes()
  const { data: sample } = useSample(key)
  const config = document.trigger.config ?? {}
  const scheme = schemes.find((one) => one.key === (verificationOf(config)?.scheme ?? 'none'))
  if (!endpoint) return null
  const text = () => {
    const word = (name: string) => t(`trigger:prompt.${name}`)
    const words = { intro: word('intro'), url: word('url'), methods: word('methods'), proof: word('proof'), answer: word('answer'), sample: word('sample'), schema: word('schema'), curl: word('curl'), rules: word('rules') }
    return setupPrompt(words, {
      title: document.title || document.key,
      url: endpoint.live.url,
      methods: methodsOf(config),
      scheme: pick(scheme?.title, i18n.language),
      checks: pick(scheme?.checks, i18n.language),
      answer: t(config.mode === 'sync' ? 'trigger:prompt.sync' : 'trigger:prompt.async'),
      schema: typeof config.schema === 'object' && config.schema !== null ? (config.schema as Schema) : undefined,
      sample: sample?.request?.body ?? undefined,
      curl: endpoint.live.curl || endpoint.test.curl,
    })
  }
  return (
    <div className="trg-prompt">
      <div className="grow">
        <strong>{t('trigger:prompt.title')}</strong>
        <p className="muted trg-small">{t('trigger:prompt.help')}</p>
      </div>
      <CopyButton text={async () => text()} label={t('trigger:prompt.copy')} />
    </div>
  )
}
