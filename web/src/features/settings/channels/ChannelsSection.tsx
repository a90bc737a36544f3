import { Button } from 'antd'
import { Megaphone, Pencil, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useChannelTypes, type ChannelType } from '@/api/catalogue'
import { useChannels, type Channel } from '@/api/channels'
import { useMay } from '@/api/session'
import { pick } from '@/app/i18n'
import { EmptyState } from '@/components/EmptyState'
import { Time } from '@/components/Time'
import { TypeIcon } from '@/components/TypeIcon'

import { useParameter } from '../filters'
import { Loaded, Section, Table, UsedBy } from '../parts'
import { ChannelDrawer } from './ChannelDrawer'
import { DeleteDialog } from './DeleteDialog'
import { newChannel } from './key'
import { TestDialog } from './TestDialog'

type Open = { what: 'test' | 'delete'; channel: Channel } | null

/** The channels by which workflows tell people something. */
export function ChannelsSection() {
  const { t } = useTranslation()
  const channels = useChannels()
  const admin = useMay('admin')
  const [edit, setEdit] = useParameter('edit')
  const [open, setOpen] = useState<Open>(null)
  const add = (
    <Button type="primary" onClick={() => setEdit(newChannel)}>
      {t('settings:channels.new')}
    </Button>
  )
  const edited = channels.data?.find((one) => one.key === edit)
  return (
    <Section text={t('settings:channels.text')} action={admin && add}>
      <Loaded query={channels}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<Megaphone size={28} />} title={t('settings:channels.empty')} text={t('settings:channels.emptyText')}>
              {admin && add}
            </EmptyState>
          ) : (
            <Channels all={all} onEdit={setEdit} onOpen={setOpen} />
          )
        }
      </Loaded>
      {admin && edit && (edited || edit === newChannel) && <ChannelDrawer key={edit} channel={edited} onSaved={setEdit} onClose={() => setEdit(undefined)} />}
      {open?.what === 'test' && <TestDialog channel={open.channel} onClose={() => setOpen(null)} />}
      {open?.what === 'delete' && <DeleteDialog channel={open.channel} onClose={() => setOpen(null)} />}
    </Section>
  )
}

interface ListProps {
  onEdit: (key: string) => void
  onOpen: (open: Open) => void
}

function Channels({ all, ...props }: ListProps & { all: Channel[] }) {
  const { t } = useTranslation()
  const types = useChannelTypes()
  return (
    <Table
      label={t('settings:section.channels')}
      columns={[t('settings:channels.name'), t('settings:channels.type'), t('settings:usedBy.title'), t('settings:secrets.changed'), null]}
    >
      {all.map((channel) => (
        <Row key={channel.key} channel={channel} type={types.data?.find((one) => one.type === channel.type)} {...props} />
      ))}
    </Table>
  )
}

function Row({ channel, type, onEdit, onOpen }: ListProps & { channel: Channel; type: ChannelType | undefined }) {
  const { t, i18n } = useTranslation()
  const admin = useMay('admin')
  const editor = useMay('editor')
  const { key, title, usedBy, updatedAt } = channel
  const name = title || key
  const labels = { test: t('settings:channels.testNamed', { name }), edit: t('settings:editNamed', { name }), remove: t('settings:deleteNamed', { name }) }
  return (
    <tr>
      <td>
        <span className="row">
          <TypeIcon icon={type?.icon} family="notify" size={28} />
          <span className="settings-stack">
            <span className="settings-strong settings-break">{name}</span>
            {title && <span className="mono muted settings-break">{key}</span>}
          </span>
        </span>
      </td>
      <td>{type ? pick(type.title, i18n.language) : channel.type}</td>
      <td>
        <UsedBy by={usedBy} />
      </td>
      <td className="muted settings-nowrap">
        <Time at={updatedAt} as="ago" />
      </td>
      <td className="settings-actions">
        {editor && (
          <Button size="small" icon={<Send size={13} aria-hidden />} aria-label={labels.test} title={labels.test} onClick={() => onOpen({ what: 'test', channel })}>
            {t('settings:channels.test')}
          </Button>
        )}
        {admin && (
          <>
            <button type="button" className="icon-button" aria-label={labels.edit} title={labels.edit} onClick={() => onEdit(key)}>
              <Pencil size={15} />
            </button>
            <button type="button" className="icon-button" aria-label={labels.remove} title={labels.remove} onClick={() => onOpen({ what: 'delete', channel })}>
              <Trash2 size={15} />
            </button>
          </>
        )}
      </td>
    </tr>
  )
}
