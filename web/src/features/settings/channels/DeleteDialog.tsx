import { useTranslation } from 'react-i18next'

import { useDeleteChannel, type Channel } from '@/api/channels'

import { Dialog, NamerLink } from '../parts'

/** Deletes a channel, and says what will not be told any more. */
export function DeleteDialog({ channel: { key, title, usedBy = [] }, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useDeleteChannel()
  return (
    <Dialog
      danger
      title={t('settings:deleteNamed', { name: title || key })}
      submit={t('settings:delete')}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(key, { onSuccess: onClose })}
      onClose={onClose}
    >
      {usedBy.length === 0 ? (
        <p>{t('settings:channels.unused')}</p>
      ) : (
        <>
          <p className="settings-warn">{t('settings:channels.broken', { count: usedBy.length })}</p>
          <ul className="settings-namers">
            {usedBy.map((namer) => (
              <li key={namer.key}>
                <NamerLink namer={namer} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
