import { Button, Checkbox } from 'antd'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useAPIKeys, useRevokeKey, type APIKey } from '@/api/keys'
import { EmptyState } from '@/components/EmptyState'
import { Time } from '@/components/Time'

import { useParameter } from '../filters'
import { Dialog, Loaded, Section, Table } from '../parts'
import { NewKeyDialog } from './NewKeyDialog'

/** Keys by which programs call the API. */
export function KeysSection() {
  const { t } = useTranslation()
  const keys = useAPIKeys()
  const [all, setAll] = useParameter('all')
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<APIKey | null>(null)
  const add = (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('settings:keys.new')}
    </Button>
  )
  return (
    <Section text={t('settings:keys.text')} action={add}>
      <Loaded query={keys}>
        {(found) => {
          const ended = found.filter((key) => stateOf(key) !== 'valid').length
          const shown = all ? found : found.filter((key) => stateOf(key) === 'valid')
          return (
            <>
              {ended > 0 && (
                <Checkbox className="settings-bar" checked={Boolean(all)} onChange={(event) => setAll(event.target.checked ? 'true' : undefined)}>
                  {t('settings:keys.showEnded', { count: ended })}
                </Checkbox>
              )}
              {shown.length === 0 ? (
                <EmptyState icon={<KeyRound size={28} />} title={t('settings:keys.empty')} text={t('settings:keys.emptyText')}>
                  {add}
                </EmptyState>
              ) : (
                <Keys keys={shown} onRevoke={setRevoking} />
              )}
            </>
          )
        }}
      </Loaded>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Section>
  )
}

const stateOf = ({ revokedAt, expiresAt }: APIKey) => (revokedAt ? 'revoked' : expiresAt && Date.parse(expiresAt) < Date.now() ? 'expired' : 'valid')

function Keys({ keys, onRevoke }: { keys: APIKey[]; onRevoke: (key: APIKey) => void }) {
  const { t } = useTranslation()
  return (
    <Table label={t('settings:section.keys')} columns={[t('settings:keys.name'), t('settings:users.role'), t('settings:keys.lastUsed'), t('settings:keys.expires'), null]}>
      {keys.map((key) => {
        const state = stateOf(key)
        return (
          <tr key={key.id} className={state === 'valid' ? '' : 'settings-faded'}>
            <td>
              <span className="settings-strong settings-break">{key.name}</span>
              {state !== 'valid' && <span className="settings-chip settings-after">{t(`settings:keys.${state}`)}</span>}
            </td>
            <td>{t(`settings:role.${key.role}`)}</td>
            <td className="muted settings-nowrap">{key.lastUsedAt ? <Time at={key.lastUsedAt} as="ago" /> : t('settings:keys.never')}</td>
            <td className="muted settings-nowrap">{key.expiresAt ? <Time at={key.expiresAt} /> : t('settings:keys.never')}</td>
            <td className="settings-actions">
              {state === 'valid' && (
                <Button size="small" danger aria-label={t('settings:keys.revokeNamed', { name: key.name })} onClick={() => onRevoke(key)}>
                  {t('settings:keys.revoke')}
                </Button>
              )}
            </td>
          </tr>
        )
      })}
    </Table>
  )
}

function RevokeDialog({ apiKey, onClose }: { apiKey: APIKey; onClose: () => void }) {
  const { t } = useTranslation()
  const revoke = useRevokeKey()
  return (
    <Dialog
      danger
      title={t('settings:keys.revokeNamed', { name: apiKey.name })}
      submit={t('settings:keys.revoke')}
      pending={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate(apiKey.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('settings:keys.revokeText')}</p>
    </Dialog>
  )
}
