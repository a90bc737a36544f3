import { Link } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDeleteCollection, type CollectionItem } from '@/api/collections'
import { useFormat } from '@/components/format'

import { Failure } from '../Failure'

/** Deletes a table once it is confirmed: in writing, when it has records or workflows use it. */
export function DeleteDialog({ collection, onClose }: { collection: CollectionItem; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const remove = useDeleteCollection()
  const [typed, setTyped] = useState('')
  const { name, stats, usedBy = [] } = collection
  const rows = stats?.rows ?? 0
  const confirmed = (rows === 0 && usedBy.length === 0) || typed.trim() === name
  const submit = () => remove.mutate(name, { onSuccess: onClose })
  return (
    <Modal
      open
      title={t('collections:delete.title', { name: collection.title || name })}
      okText={t('collections:delete.submit')}
      okButtonProps={{ danger: true, disabled: !confirmed }}
      confirmLoading={remove.isPending}
      cancelText={t('collections:cancel')}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="collections-dialog">
        <p>{t('collections:delete.text', { count: rows, number: format.number(rows) })}</p>
        {usedBy.length > 0 && (
          <div>
            <p>{t('collections:delete.usedBy')}</p>
            <ul className="collections-users">
              {usedBy.map((user) => (
                <li key={user.key}>
                  <Link to="/workflows/$key" params={{ key: user.key }}>{user.title || user.key}</Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        {(rows > 0 || usedBy.length > 0) && (
          <label className="collections-option">
            <span>{t('collections:delete.type', { name })}</span>
            <Input
              className="mono"
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onPressEnter={(event) => !event.nativeEvent.isComposing && confirmed && submit()}
            />
          </label>
        )}
        <Failure error={remove.error} />
      </div>
    </Modal>
  )
}
