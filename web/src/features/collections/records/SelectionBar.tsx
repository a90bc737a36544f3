import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { jsonOf, useDeleteRecords, type RecordRow } from '@/api/records'
import { CopyButton } from '@/components/CopyButton'

import { Failure } from '../Failure'

interface Props {
  collection: string
  rows: RecordRow[]
  onClear: () => void
}

/** What can be done with the records that are selected. */
export function SelectionBar({ collection, rows, onClear }: Props) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const remove = useDeleteRecords(collection)
  const confirm = () =>
    modal.confirm({
      title: t('collections:selection.confirm', { count: rows.length }),
      content: t('collections:selection.consequence'),
      okText: t('collections:selection.delete'),
      cancelText: t('collections:cancel'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutate(rows.map(({ id }) => id), { onSuccess: onClear }),
    })
  return (
    <div className="collections-foot" role="toolbar" aria-label={t('collections:selection.label')}>
      <strong className="num" aria-live="polite">{t('collections:selection.count', { count: rows.length })}</strong>
      <Button size="small" danger loading={remove.isPending} onClick={confirm}>{t('collections:selection.delete')}</Button>
      <CopyButton label={t('collections:selection.copy')} text={async () => rows.map(({ values }) => jsonOf(values)).join('\n')} />
      <Button size="small" type="text" onClick={onClear}>{t('collections:selection.clear')}</Button>
      <Failure error={remove.error} onClose={remove.reset} />
    </div>
  )
}
