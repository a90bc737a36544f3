import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { usePreviewCollection, useSaveCollection, type Collection } from '@/api/collections'

import { Failure } from '../Failure'
import { ChangeList } from './ChangeList'
import { collectionFrom, draftOf, loses, problemsOf, rowProblems } from './draft'
import { FieldsEditor } from './FieldsEditor'
import { addPairs } from './pairs'

/** Changes the fields of a table: first what it would do is told, then it is done. */
export function FieldsDialog({ collection, onClose }: { collection: Collection; onClose: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(collection.title ?? '')
  const [fields, setFields] = useState(() => collection.fields.map(draftOf))
  const [tried, setTried] = useState(false)
  const [typed, setTyped] = useState('')
  const preview = usePreviewCollection()
  const save = useSaveCollection()
  const client = useQueryClient()
  const draft = collectionFrom(collection.name, title, fields)
  const apply = useMutation({
    mutationFn: async () => {
      await save.mutateAsync({ draft, drop: fields.some(({ removed }) => removed) })
      await addPairs(collection.name, fields)
      await client.invalidateQueries({ queryKey: ['collections'] })
    },
    onSuccess: onClose,
  })
  const own = Object.fromEntries(Object.entries(problemsOf(fields)).map(([key, problem]) => [key, t(`collections:schema.wrong.${problem}`)]))
  const found = preview.data?.problems ?? (preview.error instanceof ApiError ? preview.error.problem.errors : [])
  const refused = rowProblems(found, fields)
  const reviewing = Boolean(preview.data) && found.length === 0
  const changes = preview.data?.changes ?? []
  const dangerous = loses(changes).length > 0
  const confirmed = !dangerous || typed.trim() === collection.name
  const look = () => (setTried(true), Object.keys(own).length === 0 && preview.mutate(draft))
  const back = () => (preview.reset(), apply.reset(), setTyped(''))
  return (
    <Modal
      open
      className="collections-modal"
      width={960}
      title={t('collections:schema.heading', { name: collection.title || collection.name })}
      onCancel={onClose}
      footer={
        reviewing
          ? [
              <Button key="back" onClick={back}>{t('collections:schema.back')}</Button>,
              <Button key="apply" type="primary" danger={dangerous} disabled={!confirmed || changes.length === 0} loading={apply.isPending} onClick={() => apply.mutate()}>
                {t('collections:schema.apply')}
              </Button>,
            ]
          : [
              <Button key="cancel" onClick={onClose}>{t('collections:cancel')}</Button>,
              <Button key="review" type="primary" loading={preview.isPending} onClick={look}>{t('collections:schema.review')}</Button>,
            ]
      }
    >
      <div className="collections-dialog">
        {reviewing ? (
          <>
            <ChangeList changes={changes} />
            {dangerous && (
              <label className="collections-option">
                <span>{t('collections:schema.confirm', { name: collection.name })}</span>
                <Input className="mono" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
              </label>
            )}
            <Failure error={apply.error} />
          </>
        ) : (
          <>
            <label className="collections-option">
              <span>{t('collections:new.shown')}</span>
              <Input value={title} onChange={(event) => setTitle(event.target.value)} />
            </label>
            <FieldsEditor collection={collection.name} fields={fields} onChange={(next) => (setFields(next), preview.reset())} problems={tried ? { ...refused.rows, ...own } : {}} />
            {refused.others.length > 0 && <ul role="alert" className="collections-wrong">{refused.others.map((text) => <li key={text}>{text}</li>)}</ul>}
            {found.length === 0 && <Failure error={preview.error} />}
          </>
        )}
      </div>
    </Modal>
  )
}
