import { App, Button, Dropdown, Select, type MenuProps } from 'antd'
import { KeyRound, LogOut, MoreHorizontal, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe, type Role } from '@/api/session'
import { useChangeUser, useEndSessionsOf, useUsers, type User } from '@/api/users'
import { Failure } from '@/components/Failure'
import { Time } from '@/components/Time'

import { Loaded, Section, Table } from '../parts'
import { DeleteUserDialog, NewUserDialog, ResetPasswordDialog } from './UserDialogs'
import { roles } from './roles'

type Open = { what: 'reset' | 'delete'; user: User } | { what: 'new' } | null

/** Who can log in, and what each may do. */
export function UsersSection() {
  const { t } = useTranslation()
  const users = useUsers()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Section
        text={t('settings:users.text')}
        action={
          <Button type="primary" onClick={() => setOpen({ what: 'new' })}>
            {t('settings:users.new')}
          </Button>
        }
      >
        <Loaded query={users}>
          {(all) => (
            <Table label={t('settings:section.users')} columns={[t('settings:users.email'), t('settings:users.role'), t('settings:created'), null]}>
              {all.map((user) => (
                <Row key={user.id} user={user} onOpen={setOpen} />
              ))}
            </Table>
          )}
        </Loaded>
      </Section>
      <Section title={t('settings:users.roles')}>
        <dl className="settings-facts">
          {roles.map((role) => (
            <div key={role}>
              <dt>{t(`settings:role.${role}`)}</dt>
              <dd>{t(`settings:roleText.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {open?.what === 'new' && <NewUserDialog onClose={close} />}
      {open?.what === 'reset' && <ResetPasswordDialog user={open.user} onClose={close} />}
      {open?.what === 'delete' && <DeleteUserDialog user={open.user} onClose={close} />}
    </>
  )
}

function Row({ user, onOpen }: { user: User; onOpen: (open: Open) => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const change = useChangeUser()
  const end = useEndSessionsOf()
  const self = useMe().data?.id === user.id
  const more = t('settings:more', { name: user.email })
  const items: MenuProps['items'] = [
    { key: 'reset', icon: <KeyRound size={14} />, label: t('settings:users.reset'), onClick: () => onOpen({ what: 'reset', user }) },
    {
      key: 'end',
      icon: <LogOut size={14} />,
      label: t('settings:users.endSessions'),
      onClick: () => end.mutate(user.id, { onSuccess: () => void message.success(t('settings:users.ended', { email: user.email })) }),
    },
    { type: 'divider' },
    { key: 'delete', danger: true, icon: <Trash2 size={14} />, label: t('settings:delete'), onClick: () => onOpen({ what: 'delete', user }) },
  ]
  return (
    <tr>
      <td>
        <span className="settings-strong settings-break">{user.email}</span>
        {self && <span className="settings-chip settings-after">{t('settings:users.you')}</span>}
      </td>
      <td>
        <Select<Role>
          className="settings-role"
          aria-label={t('settings:users.roleOf', { email: user.email })}
          value={(change.isPending ? change.variables.role : undefined) ?? (user.role as Role)}
          loading={change.isPending}
          // Whoever takes their own rights away could not give them back.
          disabled={self}
          onChange={(role) => change.mutate({ id: user.id, role })}
          options={roles.map((role) => ({ value: role, label: t(`settings:role.${role}`) }))}
        />
        <Failure error={change.error ?? end.error} />
      </td>
      <td className="muted settings-nowrap">
        <Time at={user.createdAt} as="ago" />
      </td>
      <td className="settings-actions">
        {!self && (
          <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
            <button type="button" className="icon-button" aria-label={more} title={more}>
              <MoreHorizontal size={16} />
            </button>
          </Dropdown>
        )}
      </td>
    </tr>
  )
}
