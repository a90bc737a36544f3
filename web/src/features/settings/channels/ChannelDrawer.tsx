import { App, Button, Drawer, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useChannelTypes, type ChannelType } from '@/api/catalogue'
import { usePutChannel, type Channel } from '@/api/channels'
import { ApiError } from '@/api/client'
import { useEnvOptions } from '@/api/options'
import { pick } from '@/app/i18n'
import { Failure, problemAt } from '@/components/Failure'
import { TypeIcon } from '@/components/TypeIcon'
import { useReturnFocus } from '@/components/useReturnFocus'
import { SchemaForm } from '@/form/SchemaForm'
import { VariablesProvider, type VariableGroup } from '@/form/variables'

import { Field, Section } from '../parts'
import { keyOf } from './key'
import { TestPanel } from './TestPanel'
import { TypeChoice } from './TypeChoice'

interface Props {
  /** None: a new one is made. */
  channel: Channel | undefined
  onSaved: (key: string) => void
  onClose: () => void
}

/** Makes or changes a channel: first its type, then what the type needs to be told. */
export function ChannelDrawer({ channel, onSaved, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const types = useChannelTypes()
  useReturnFocus()
  const [chosen, setChosen] = useState(channel?.type)
  const type = types.data?.find((one) => one.type === chosen)
  const title = channel ? t('settings:editNamed', { name: channel.title || channel.key }) : type ? pick(type.title, i18n.language) : t('settings:channels.choose')
  return (
    <Drawer open size={560} title={title} aria-label={title} onClose={onClose} destroyOnHidden>
      {type ? <ChannelForm channel={channel} type={type} onSaved={onSaved} onBack={channel ? undefined : () => setChosen(undefined)} /> : <TypeChoice types={types.data ?? []} onChoose={setChosen} />}
    </Drawer>
  )
}

interface FormProps {
  channel: Channel | undefined
  type: ChannelType
  onSaved: (key: string) => void
  onBack: (() => void) | undefined
}

function ChannelForm({ channel, type, onSaved, onBack }: FormProps) {
  const { t, i18n } = useTranslation()
  const put = usePutChannel()
  const [key, setKey] = useState(channel?.key ?? '')
  const [title, setTitle] = useState(channel?.title ?? '')
  const [config, setConfig] = useState(channel?.config ?? {})
  const { message } = App.useApp()
  const save = () =>
    put.mutate(
      { change: { kind: 'Channel', key: key || keyOf(title, type), title: title.trim(), type: type.type, config }, isNew: !channel },
      { onSuccess: (made) => (void message.success(t('settings:saved')), setConfig((made.config ?? {}) as Record<string, unknown>), onSaved(made.key)) },
    )
  return (
    <div className="settings-form">
      <div className="row settings-top">
        <TypeIcon icon={type.icon} family="notify" />
        <p className="muted grow">{pick(type.help, i18n.language)}</p>
      </div>
      <Field label={t('settings:channels.title')} error={problemAt(put.error, '/title')}>
        {(aria) => <Input {...aria} autoFocus={!channel} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      {!channel && (
        <Field label={t('settings:channels.key')} hint={t('settings:channels.keyHint')} error={problemAt(put.error, '/key')}>
          {(aria) => <Input {...aria} className="mono" spellCheck={false} value={key} placeholder={keyOf(title, type)} onChange={(event) => setKey(event.target.value.trim())} />}
        </Field>
      )}
      <VariablesProvider value={useEnvGroup()}>
        <SchemaForm schema={type.schema} value={config} onChange={setConfig} problems={useConfigProblems(put.error)} />
      </VariablesProvider>
      <Failure error={put.error} shown={['/key', '/title', '/config']} />
      <div className="row">
        <Button type="primary" loading={put.isPending} onClick={save}>
          {t('settings:save')}
        </Button>
        {onBack && <Button onClick={onBack}>{t('settings:channels.otherType')}</Button>}
      </div>
      {channel && (
        <Section title={t('settings:channels.test')} text={t('settings:channels.testText')}>
          <TestPanel channel={channel} type={type} />
        </Section>
      )}
    </div>
  )
}

function useConfigProblems(error: unknown) {
  return useMemo(() => {
    if (!(error instanceof ApiError)) return []
    const below = error.problem.errors.filter((one) => one.pointer.startsWith('/config'))
    return below.map(({ pointer, detail }) => ({ pointer: pointer.slice('/config'.length), text: detail }))
  }, [error])
}

// A channel's config may name variables only: it is read before any request is there.
function useEnvGroup(): VariableGroup[] {
  const { t } = useTranslation()
  const env = useEnvOptions()
  return useMemo(() => {
    const items = (env.data ?? []).map((one) => ({ path: `$env.${one.name}`, label: one.name, type: one.secret ? 'secret' : 'string', sample: one.value ?? undefined }))
    return [{ id: 'env', title: t('settings:section.secrets'), items }]
  }, [env.data, t])
}
