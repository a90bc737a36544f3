import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useCreateCollection } from '@/api/collections'

import { Failure } from '../Failure'
import { namePattern } from '../types'
import { blankField, collectionFrom, problemsOf, rowProblems, type DraftField } from './draft'
import { FieldsEditor } from './FieldsEditor'
import { addPairs } from './pairs'

/** A new table: its name and its first fields. */
export function CreateDialog({ onClose, onMade }: { onClose: () => void; onMade: (name: string) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [fields, setFields] = useState<DraftField[]>(() => [{ ...blankField('name'), required: true }])
  const [tried, setTried] = useState(false)
  const create = useCreateCollection()
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: async () => {
      await create.mutateAsync(collectionFrom(name, title, fields))
      await addPairs(name, fields)
      await client.invalidateQueries({ queryKey: ['collections'] })
    },
    onSuccess: () => onMade(name),
  })
  const own = problemsOf(fields)
  const texts = Object.fromEntries(Object.entries(own).map(([key, problem]) => [key, t(`collections:schema.wrong.${problem}`)]))
  const refused = make.error instanceof ApiError ? rowProblems(make.error.problem.errors, fields).rows : {}
  const nameFits = namePattern.test(name)
  const submit = () => {
    setTried(true)
    if (nameFits && Object.keys(own).length === 0) make.mutate()
  }
  return (
    <Modal
      open
      className="collections-modal"
      width={960}
      title={t('collections:new.title')}
      okText={t('collections:new.create')}
      cancelText={t('collections:cancel')}
      confirmLoading={make.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className="collections-dialog">
        <div className="collections-two">
          <label className="collections-option">
            <span>{t('collections:new.name')}</span>
            <Input className="mono" autoFocus maxLength={63} value={name} status={tried && !nameFits ? 'error' : ''} onChange={(event) => setName(event.target.value)} />
            <small className={tried && !nameFits ? 'collections-wrong' : 'muted'}>{t('collections:new.nameHelp')}</small>
          </label>
          <label className="collections-option">
            <span>{t('collections:new.shown')}</span>
            <Input value={title} onChange={(event) => setTitle(event.target.value)} />
          </label>
        </div>
        <FieldsEditor collection="" fields={fields} onChange={setFields} problems={tried ? { ...refused, ...texts } : {}} />
        <Failure error={make.error} />
      </div>
    </Modal>
  )
}
