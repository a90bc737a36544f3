import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useCheckDocuments } from '@/api/templates'
import { useCreateDraft } from '@/api/workflows'

import { Failure } from '../Failure'
import { formatOf, useImport } from './import'
import { ImportPreview } from './ImportPreview'
import type { NewProps } from './NewDialogs'

/** Workflows, and the collections that they need, from a file or pasted. */
export function ImportDialog({ onClose, onMade }: NewProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const check = useCheckDocuments()
  const create = useImport(useCreateDraft().mutateAsync)
  const change = (next: string) => (setText(next), check.reset(), create.reset())
  const look = (next = text) => check.mutate({ text: next, format: formatOf(next) })
  const read = async (file: File | undefined) => {
    if (!file) return
    const content = await file.text()
    change(content)
    look(content)
  }
  const items = check.data?.items.filter((item) => item.kind === 'Workflow' || item.kind === 'Collection') ?? []
  const submit = () => create.mutate(items, { onSuccess: (keys) => (keys[0] === undefined ? onClose() : onMade(keys[0])) })
  return (
    <Modal
      open
      width={680}
      title={t('workflows:import.title')}
      onCancel={onClose}
      cancelText={t('workflows:cancel')}
      okText={items.length > 0 ? t('workflows:import.submit', { count: items.length }) : t('workflows:import.check')}
      okButtonProps={{ disabled: text.trim() === '' }}
      confirmLoading={check.isPending || create.isPending}
      onOk={() => (items.length > 0 ? submit() : look())}
    >
      <div className="workflows-form">
        <p className="muted">{t('workflows:import.text')}</p>
        <label className="row">
          {t('workflows:import.file')}
          <input type="file" accept=".json,.yaml,.yml" onChange={(event) => void read(event.target.files?.[0])} />
        </label>
        <Input.TextArea
          className="mono"
          aria-label={t('workflows:import.label')}
          placeholder={t('workflows:import.placeholder')}
          autoSize={{ minRows: 6, maxRows: 12 }}
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
        <Failure error={check.error ?? create.error} />
        {check.data && <ImportPreview checked={check.data} />}
      </div>
    </Modal>
  )
}
