import { Button } from 'antd'
import { LockKeyhole, Pencil, RotateCcwKey, Trash2, Variable as VariableIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useEnv, type Variable } from '@/api/env'
import { useMay } from '@/api/session'
import { EmptyState } from '@/components/EmptyState'
import { Time } from '@/components/Time'

import { Filter, useParameter } from '../filters'
import { Loaded, Section, Table, UsedBy } from '../parts'
import { ChangeDialog } from './ChangeDialog'
import { DeleteDialog } from './DeleteDialog'
import { NewDialog } from './NewDialog'

type Open = { what: 'new' } | { what: 'change' | 'delete'; variable: Variable } | null

/** Secrets and variables: values that workflows and channels name instead of holding them. */
export function SecretsSection() {
  const { t } = useTranslation()
  const env = useEnv()
  const admin = useMay('admin')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const add = (
    <Button type="primary" onClick={() => setOpen({ what: 'new' })}>
      {t('settings:secrets.new')}
    </Button>
  )
  return (
    <Section text={t('settings:secrets.text')} action={admin && add}>
      <Loaded query={env}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<LockKeyhole size={28} />} title={t('settings:secrets.empty')} text={t('settings:secrets.emptyText')}>
              {admin && add}
            </EmptyState>
          ) : (
            <Variables all={all} admin={admin} onOpen={setOpen} />
          )
        }
      </Loaded>
      {open?.what === 'new' && <NewDialog taken={names(env.data)} onClose={close} />}
      {open?.what === 'change' && <ChangeDialog variable={open.variable} taken={names(env.data)} onClose={close} />}
      {open?.what === 'delete' && <DeleteDialog variable={open.variable} onClose={close} />}
    </Section>
  )
}

const names = (all: Variable[] | undefined) => all?.map((one) => one.name) ?? []

function Variables({ all, admin, onOpen }: { all: Variable[]; admin: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useParameter('q')
  const found = all.filter((one) => !q || one.name.toLowerCase().includes(q.toLowerCase()))
  return (
    <>
      {(all.length > 8 || q) && <Filter label={t('settings:secrets.filter')} />}
      {found.length === 0 ? (
        <EmptyState title={t('settings:filtered')}>
          <Button onClick={() => setQ(undefined)}>{t('settings:clearFilters')}</Button>
        </EmptyState>
      ) : (
        <Table
          label={t('settings:section.secrets')}
          columns={[t('settings:secrets.name'), t('settings:secrets.value'), t('settings:usedBy.title'), t('settings:secrets.changed'), ...(admin ? [null] : [])]}
        >
          {found.map((one) => (
            <Row key={one.name} variable={one} admin={admin} onOpen={onOpen} />
          ))}
        </Table>
      )}
    </>
  )
}

function Row({ variable, admin, onOpen }: { variable: Variable; admin: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const { name, secret, value, usedBy, updatedAt } = variable
  const Icon = secret ? LockKeyhole : VariableIcon
  const change = t(secret ? 'settings:secrets.rotateNamed' : 'settings:secrets.changeNamed', { name })
  const remove = t('settings:deleteNamed', { name })
  return (
    <tr>
      <td>
        <span className="row">
          <Icon size={14} aria-hidden color="var(--muted)" />
          <span className="mono settings-strong settings-break">{name}</span>
        </span>
      </td>
      <td className="settings-value">
        {secret ? <span className="settings-chip">{t('settings:secrets.hidden')}</span> : <span className="mono settings-two-lines">{value || t('settings:secrets.emptyValue')}</span>}
      </td>
      <td>
        <UsedBy by={usedBy} />
      </td>
      <td className="muted settings-nowrap">
        <Time at={updatedAt} as="ago" />
      </td>
      {admin && (
        <td className="settings-actions">
          <button type="button" className="icon-button" aria-label={change} title={change} onClick={() => onOpen({ what: 'change', variable })}>
            {secret ? <RotateCcwKey size={15} /> : <Pencil size={15} />}
          </button>
          <button type="button" className="icon-button" aria-label={remove} title={remove} onClick={() => onOpen({ what: 'delete', variable })}>
            <Trash2 size={15} />
          </button>
        </td>
      )}
    </tr>
  )
}
