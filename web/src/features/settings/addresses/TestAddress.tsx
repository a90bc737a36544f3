import { Button, Input, Select } from 'antd'
import { ArrowRight, CircleCheck, CircleX } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Schemas } from '@/api/client'
import { useTestIP } from '@/api/ipsets'
import { useWorkflowOptions } from '@/api/options'
import { Failure, problemAt } from '@/components/Failure'

import { Field } from '../parts'
import { headersOf } from './ranges'

const exampleHeader = 'X-Forwarded-For: 198.51.100.4, 10.0.0.2'

/** Tries whom a request would be taken to come from, and whether a workflow lets them in. */
export function TestAddress() {
  const { t } = useTranslation()
  const test = useTestIP()
  const workflows = useWorkflowOptions()
  const [remote, setRemote] = useState('')
  const [headers, setHeaders] = useState('')
  const [workflow, setWorkflow] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    test.mutate({ remote, headers: headersOf(headers), ...(workflow && { workflow }) })
  }
  return (
    <form className="panel settings-pad settings-form" onSubmit={submit}>
      <div className="settings-columns">
        <Field label={t('settings:addresses.remote')} hint={t('settings:addresses.remoteHint')} error={problemAt(test.error, '/remote')}>
          {(aria) => <Input {...aria} className="mono" spellCheck={false} placeholder="203.0.113.7" value={remote} onChange={(event) => setRemote(event.target.value.trim())} />}
        </Field>
        <Field label={t('settings:addresses.workflow')} error={problemAt(test.error, '/workflow')}>
          {({ status, ...aria }) => (
            <Select
              {...aria}
              status={status}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              className="settings-wide"
              placeholder={t('settings:addresses.noWorkflow')}
              value={workflow}
              onChange={setWorkflow}
              options={workflows.data?.filter((one) => one.trigger.type === 'webhook').map(({ key, title }) => ({ value: key, label: title || key }))}
            />
          )}
        </Field>
      </div>
      <Field label={t('settings:addresses.headers')} hint={t('settings:addresses.headersHint')} error={problemAt(test.error, '/headers')}>
        {(aria) => <Input.TextArea {...aria} className="mono" autoSize={{ minRows: 1, maxRows: 4 }} spellCheck={false} placeholder={exampleHeader} value={headers} onChange={(event) => setHeaders(event.target.value)} />}
      </Field>
      <div>
        <Button htmlType="submit" loading={test.isPending} disabled={!remote}>
          {t('settings:addresses.test')}
        </Button>
      </div>
      <Failure error={test.error} shown={['/remote', '/workflow', '/headers']} />
      <div role="status">{test.data && <Verdict verdict={test.data} />}</div>
    </form>
  )
}

function Verdict({ verdict: { chain, address, rule, allowed } }: { verdict: Schemas['IpVerdictBody'] }) {
  const { t } = useTranslation()
  return (
    <div className="settings-stack settings-gap">
      <p>
        {t('settings:addresses.taken')} <strong className="mono">{address}</strong>
      </p>
      <ol className="settings-hops">
        {chain?.map((hop, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={hop.chosen ? 'settings-hop settings-hop-chosen' : 'settings-hop'}>
            {index > 0 && <ArrowRight size={13} aria-hidden />}
            <span className="settings-stack">
              <span className="mono">{hop.address}</span>
              <span className="settings-hint">
                {hop.source === 'connection' ? t('settings:addresses.connection') : hop.source}
                {hop.trusted && ` · ${t('settings:addresses.trusted')}`}
                {hop.chosen && ` · ${t('settings:addresses.chosen')}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {allowed !== null && (
        <p className={allowed ? 'row settings-ok' : 'row settings-bad'}>
          {allowed ? <CircleCheck size={15} aria-hidden /> : <CircleX size={15} aria-hidden />}
          <strong>{t(allowed ? 'settings:addresses.allowed' : 'settings:addresses.denied')}</strong>
          <span className="muted">{rule}</span>
        </p>
      )}
    </div>
  )
}
