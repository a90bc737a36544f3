import { Button, Input, Segmented, Select, Switch } from 'antd'
import { RotateCcw, Send as SendIcon } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import { useEndpoint, useSendTest } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { Code as CodeField } from '@/components/code/Code'
import { Failure } from '@/components/Failure'

import { save } from '../../save'
import { useEditor } from '../../store'
import { Labelled } from '../Labelled'
import { badHeader, methods, toSend, type RequestText } from '../request'
import { Sent } from './Sent'

interface SendProps {
  request: RequestText
  onChange: (request: RequestText | null) => void
  hasSample: boolean
  edited: boolean
}

// The same in every language.
const example = { query: 'page=1&tag=new', header: 'X-Event: order.paid' }

/** A request of our own, signed as the sender would. */
export function Send({ request, onChange, hasSample, edited }: SendProps) {
  const { t } = useTranslation()
  const key = useEditor((editor) => editor.key)
  const send = useSendTest(key)
  const change = (part: Partial<RequestText>) => onChange({ ...request, ...part })
  const wrong = badHeader(request.headers)
  // The test URL answers with what is saved.
  const go = () => void save().then(() => send.mutate(toSend(request)))
  return (
    <>
      <Line request={request} onChange={change} />
      <Headers value={request.headers} wrong={wrong} onChange={(headers) => change({ headers })} />
      {request.method !== 'GET' && (
        <Labelled label={t('trigger:send.body')}>
          <CodeField language={/json/i.test(request.headers) || request.body.trimStart().startsWith('{') ? 'json' : 'text'} value={request.body} label={t('trigger:send.body')} least={5} most={18} onChange={(body) => change({ body })} />
        </Labelled>
      )}
      <Sign value={request.sign} onChange={(sign) => change({ sign })} />
      <div className="trg-buttons">
        <Button type="primary" icon={<SendIcon size={13} />} disabled={wrong !== undefined} loading={send.isPending} onClick={go}>
          {t('trigger:send.send')}
        </Button>
        {edited && (
          <Button icon={<RotateCcw size={13} />} onClick={() => onChange(null)}>
            {t(hasSample ? 'trigger:send.fromSample' : 'trigger:send.reset')}
          </Button>
        )}
      </div>
      <Failure error={send.error} />
      {send.data && !send.isPending && <Sent result={send.data} />}
    </>
  )
}

function Line({ request, onChange }: { request: RequestText; onChange: (part: Partial<RequestText>) => void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <Segmented<RequestText['target']>
        block
        size="small"
        aria-label={t('trigger:send.target')}
        value={request.target}
        onChange={(target) => onChange({ target })}
        options={[
          { value: 'test', label: t('trigger:send.test') },
          { value: 'live', label: t('trigger:send.live') },
        ]}
      />
      <div className="trg-line">
        <Select aria-label={t('trigger:send.method')} value={request.method} options={methods.map((value) => ({ value, label: value }))} onChange={(method) => onChange({ method })} />
        <Input className="mono" aria-label={t('trigger:send.path')} prefix={<span className="muted">{'/'}</span>} value={request.path} spellCheck={false} onChange={({ target }) => onChange({ path: target.value })} />
      </div>
      <Labelled label={t('trigger:send.query')} id={id}>
        <Input id={id} className="mono" value={request.query} placeholder={example.query} spellCheck={false} onChange={({ target }) => onChange({ query: target.value })} />
      </Labelled>
    </>
  )
}

function Headers({ value, wrong, onChange }: { value: string; wrong: string | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <Labelled label={t('trigger:send.headers')} id={id}>
      <Input.TextArea
        id={id}
        className="mono"
        autoSize={{ minRows: 2, maxRows: 8 }}
        spellCheck={false}
        status={wrong ? 'error' : undefined}
        value={value}
        placeholder={example.header}
        onChange={({ target }) => onChange(target.value)}
      />
      {wrong && <p className="ed-error">{t('trigger:send.badHeader', { line: wrong })}</p>}
    </Labelled>
  )
}

function Sign({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t, i18n } = useTranslation()
  const id = useId()
  const key = useEditor((editor) => editor.key)
  const etag = useEditor((editor) => editor.meta.etag)
  const { data } = useEndpoint(key, etag)
  const can = data?.canSign ?? true
  return (
    <div className="row trg-sign">
      <Switch size="small" id={id} aria-label={t('trigger:send.sign')} checked={value && can} disabled={!can} onChange={onChange} />
      <label htmlFor={id}>{t('trigger:send.sign')}</label>
      {!can && <span className="muted trg-small">{pick(data?.whyNot, i18n.language)}</span>}
    </div>
  )
}
