import { Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCreateDraft } from '@/api/workflows'

import { Failure } from '../Failure'
import { NameFields, nameFits, namedAfter } from './NameFields'
import type { NewProps } from './NewDialogs'

/** A new workflow with a webhook and nothing else. */
export function BlankDialog({ onClose, onMade }: NewProps) {
  const { t } = useTranslation()
  const id = useId()
  const create = useCreateDraft()
  const [name, setName] = useState(() => namedAfter(t('workflows:new.untitled')))
  const submit = () =>
    create.mutate(
      { kind: 'Workflow', key: name.key, title: name.title.trim(), enabled: true, trigger: { type: 'webhook', config: { methods: ['POST'] } }, nodes: [] },
      { onSuccess: onMade },
    )
  return (
    <Modal
      open
      title={t('workflows:new.blankTitle')}
      okText={t('workflows:new.create')}
      cancelText={t('workflows:cancel')}
      okButtonProps={{ disabled: !nameFits(name), htmlType: 'submit', form: id }}
      confirmLoading={create.isPending}
      onCancel={onClose}
    >
      <form
        id={id}
        className="workflows-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (nameFits(name)) submit()
        }}
      >
        <NameFields name={name} onChange={setName} />
        <Failure error={create.error} />
      </form>
    </Modal>
  )
}
