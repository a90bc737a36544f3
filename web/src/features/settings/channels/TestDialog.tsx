import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { useChannelTypes } from '@/api/catalogue'
import type { Channel } from '@/api/channels'
import { useReturnFocus } from '@/components/useReturnFocus'

import { TestPanel } from './TestPanel'

/** The test of a channel from the list. */
export function TestDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation()
  useReturnFocus()
  const type = useChannelTypes().data?.find((one) => one.type === channel.type)
  return (
    <Modal open footer={null} title={t('settings:channels.testNamed', { name: channel.title || channel.key })} onCancel={onClose} width={620}>
      <div className="settings-form">
        <p className="muted">{t('settings:channels.testText')}</p>
        {type && <TestPanel channel={channel} type={type} />}
      </div>
    </Modal>
  )
}
