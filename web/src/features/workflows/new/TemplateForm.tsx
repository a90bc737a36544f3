import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Template } from '@/api/templates'
import type { FlowDocument } from '@/flow/document'

import { Failure } from '../Failure'
import { NameFields, nameFits, type Name } from './NameFields'
import type { NewProps } from './NewDialogs'
import { NeedField } from './NeedField'
import { useMakeFromTemplate, type Answers } from './make'

interface Props {
  template: Template
  onBack: () => void
  onMade: NewProps['onMade']
}

/** What a template needs to be told, and what it makes. */
export function TemplateForm({ template, onBack, onMade }: Props) {
  const { t } = useTranslation()
  const document = template.workflow as FlowDocument
  const [name, setName] = useState<Name>({ title: document.title ?? '', key: document.key, byHand: true })
  const [answers, setAnswers] = useState<Answers>({})
  const make = useMakeFromTemplate()
  const collections = (template.collections as { name: string; title?: string }[]).map((one) => one.title || one.name)
  return (
    <form
      className="workflows-form"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate({ template, name, answers }, { onSuccess: onMade })
      }}
    >
      <p className="muted">{template.help}</p>
      <NameFields name={name} onChange={setName} />
      {template.needs.map((need) => (
        <NeedField key={need.title} need={need} value={answers[need.title] ?? ''} onChange={(value) => setAnswers({ ...answers, [need.title]: value })} />
      ))}
      {collections.length > 0 && <p className="muted">{t('workflows:template.collections', { count: collections.length, names: collections.join(', ') })}</p>}
      <Failure error={make.error} />
      <div className="workflows-foot">
        <Button onClick={onBack}>{t('workflows:template.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!nameFits(name)} loading={make.isPending}>
          {t('workflows:new.create')}
        </Button>
      </div>
    </form>
  )
}
