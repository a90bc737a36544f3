import { Button } from 'antd'
import { Eye, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDeleteIPSet, useIPSets, type IPSet } from '@/api/ipsets'
import { useMay } from '@/api/session'
import { useFormat } from '@/components/format'
import { Time } from '@/components/Time'

import { Dialog, Loaded, Section, Table } from '../parts'
import { SetDialog } from './SetDialog'
import { TestAddress } from './TestAddress'

type Open = { what: 'new' } | { what: 'edit' | 'delete'; set: IPSet } | null

/** Named sets of addresses, which the lists of triggers name; and a try of who a request would be from. */
export function AddressesSection() {
  const { t } = useTranslation()
  const sets = useIPSets()
  const editor = useMay('editor')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Section
        text={t('settings:addresses.text')}
        action={
          editor && (
            <Button type="primary" onClick={() => setOpen({ what: 'new' })}>
              {t('settings:addresses.new')}
            </Button>
          )
        }
      >
        <Loaded query={sets}>
          {(all) => (
            <Table
              label={t('settings:section.addresses')}
              columns={[t('settings:addresses.name'), t('settings:addresses.ranges'), t('settings:secrets.changed'), null]}
            >
              {all.toSorted((a, b) => Number(a.builtIn) - Number(b.builtIn)).map((set) => (
                <Row key={set.name} set={set} editor={editor} onOpen={setOpen} />
              ))}
            </Table>
          )}
        </Loaded>
      </Section>
      {editor && (
        <Section title={t('settings:addresses.testTitle')} text={t('settings:addresses.testText')}>
          <TestAddress />
        </Section>
      )}
      {open?.what === 'new' && <SetDialog onClose={close} />}
      {open?.what === 'edit' && <SetDialog name={open.set.name} readOnly={!editor} onClose={close} />}
      {open?.what === 'delete' && <DeleteDialog set={open.set} onClose={close} />}
    </>
  )
}

function Row({ set, editor, onOpen }: { set: IPSet; editor: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, builtIn, count, updatedAt } = set
  const labels = { edit: t(editor ? 'settings:editNamed' : 'settings:showNamed', { name }), remove: t('settings:deleteNamed', { name }) }
  return (
    <tr>
      <td>
        <span className="mono settings-strong settings-break">@{name}</span>
        {builtIn && <span className="settings-hint settings-under">{t(`settings:addresses.builtIn.${name}`, '')}</span>}
      </td>
      <td className="num">{builtIn ? <span className="settings-chip">{t('settings:addresses.always')}</span> : format.number(count)}</td>
      <td className="muted settings-nowrap">{updatedAt && <Time at={updatedAt} as="ago" />}</td>
      <td className="settings-actions">
        {!builtIn && (
          <button type="button" className="icon-button" aria-label={labels.edit} title={labels.edit} onClick={() => onOpen({ what: 'edit', set })}>
            {editor ? <Pencil size={15} /> : <Eye size={15} />}
          </button>
        )}
        {!builtIn && editor && (
          <button type="button" className="icon-button" aria-label={labels.remove} title={labels.remove} onClick={() => onOpen({ what: 'delete', set })}>
            <Trash2 size={15} />
          </button>
        )}
      </td>
    </tr>
  )
}

function DeleteDialog({ set: { name }, onClose }: { set: IPSet; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useDeleteIPSet()
  return (
    <Dialog
      danger
      title={t('settings:deleteNamed', { name: `@${name}` })}
      submit={t('settings:delete')}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(name, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('settings:addresses.deleteText', { name })}</p>
    </Dialog>
  )
}
