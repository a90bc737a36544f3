import { Link } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useChannelTypes } from '@/api/catalogue'
import { useChannels } from '@/api/channels'
import { usePublicSettings } from '@/api/settings'
import { useCreateWorkflow, useEditWorkflows } from '@/api/workflowEdits'
import { underFreeKey, type WorkflowItem } from '@/api/workflows'
import { pick } from '@/app/i18n'

import { newChannel } from '../channels/key'
import { Dialog, Field } from '../parts'
import { alertWorkflow, canTell, withHandler, type AlertTexts } from './alert'

const proposedKey = 'notify-failures'

/** Makes a workflow that tells of failures by a channel, and has it look after those of the workflows that are ticked. */
export function NewAlertDialog({ workflows, onClose }: { workflows: WorkflowItem[]; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const channels = useChannels()
  const types = useChannelTypes()
  const typeOf = (channel: string | undefined) => types.data?.find((one) => one.type === channels.data?.find(({ key }) => key === channel)?.type)
  const able = channels.data?.filter(({ key }) => canTell(typeOf(key))) ?? []
  const [channel, setChannel] = useState<string>()
  const [to, setTo] = useState('')
  const [ticked, setTicked] = useState<string[]>([])
  const make = useMake()
  const recipients = to.split(/[\s,;，；]+/).filter(Boolean)
  const needsTo = typeOf(channel)?.needs.includes('to') ?? false
  const none = channels.data !== undefined && types.data !== undefined && able.length === 0
  return (
    <Dialog
      title={t('settings:alerts.newTitle')}
      submit={t('settings:alerts.submit')}
      pending={make.isPending}
      error={make.error}
      disabled={!channel || (needsTo && recipients.length === 0)}
      onSubmit={() => channel && make.mutate({ channel, to: recipients, keys: ticked }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="muted">{t('settings:alerts.newText')}</p>
      <Field
        label={t('settings:alerts.channel')}
        hint={
          none && (
            <Link to="/settings/$section" params={{ section: 'channels' }} search={{ edit: newChannel }}>
              {t('settings:alerts.noChannel')}
            </Link>
          )
        }
      >
        {({ status, ...aria }) => (
          <Select
            {...aria}
            status={status}
            className="settings-wide"
            value={channel}
            placeholder={t('settings:alerts.channelPlaceholder')}
            onChange={setChannel}
            options={able.map(({ key, title }) => ({ value: key, label: `${title || key} · ${pick(typeOf(key)?.title, i18n.language)}` }))}
          />
        )}
      </Field>
      {needsTo && (
        <Field label={t('settings:channels.to')} hint={t('settings:channels.toHint')}>
          {(aria) => <Input {...aria} value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      )}
      <Ticks workflows={workflows.filter((one) => !one.onError && one.revision > 0)} ticked={ticked} onTick={setTicked} />
    </Dialog>
  )
}

function Ticks({ workflows, ticked, onTick }: { workflows: WorkflowItem[]; ticked: string[]; onTick: (keys: string[]) => void }) {
  const { t } = useTranslation()
  const free = workflows.filter((one) => !one.hasDraft)
  if (workflows.length === 0) return null
  return (
    <fieldset className="settings-ticks">
      <legend>{t('settings:alerts.forWhich')}</legend>
      {free.length > 1 && (
        <Checkbox checked={ticked.length === free.length} indeterminate={ticked.length > 0 && ticked.length < free.length} onChange={(event) => onTick(event.target.checked ? free.map((one) => one.key) : [])}>
          {t('settings:alerts.all')}
        </Checkbox>
      )}
      {workflows.map(({ key, title, hasDraft }) => (
        <Checkbox key={key} disabled={hasDraft} checked={ticked.includes(key)} onChange={(event) => onTick(event.target.checked ? [...ticked, key] : ticked.filter((one) => one !== key))}>
          {title || key}
          {hasDraft && <span className="muted"> {t('settings:alerts.hasDraft')}</span>}
        </Checkbox>
      ))}
    </fieldset>
  )
}

function useMake() {
  const texts = useAlertTexts()
  const base = usePublicSettings().data?.publicURL ?? location.origin
  const create = useCreateWorkflow()
  const edit = useEditWorkflows()
  return useMutation({
    mutationFn: async ({ channel, to, keys }: { channel: string; to: string[]; keys: string[] }) => {
      const handler = await underFreeKey(proposedKey, async (key) => void (await create.mutateAsync(alertWorkflow({ key, channel, to, texts, base }))))
      await edit.mutateAsync({ keys, edit: (document) => withHandler(document, handler) })
    },
  })
}

function useAlertTexts(): AlertTexts {
  const { t } = useTranslation()
  return {
    title: t('settings:alerts.message.title'),
    failed: t('settings:alerts.message.failed'),
    status: t('settings:alerts.message.status'),
    reason: t('settings:alerts.message.reason'),
    when: t('settings:alerts.message.when'),
    look: t('settings:alerts.message.look'),
  }
}
