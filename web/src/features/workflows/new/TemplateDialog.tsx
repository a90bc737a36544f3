import { useNavigate, useSearch } from '@tanstack/react-router'
import { Modal, Skeleton, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import { useSchemes } from '@/api/catalogue'
import { useTemplates, type Template } from '@/api/templates'
import { pick } from '@/app/i18n'
import { usePreferences } from '@/app/preferences'

import { Failure } from '../Failure'
import type { NewProps } from './NewDialogs'
import { TemplateForm } from './TemplateForm'

/** A new workflow from a template: first which, then what only its owner can say. */
export function TemplateDialog({ onClose, onMade }: NewProps) {
  const { t } = useTranslation()
  const language = usePreferences((preferences) => preferences.language)
  const templates = useTemplates(language)
  const search = useSearch({ from: '/shell/workflows' })
  const navigate = useNavigate()
  const choose = (template: string | undefined) => void navigate({ to: '/workflows', search: { ...search, template } })
  const chosen = templates.data?.find((template) => template.key === search.template)
  return (
    <Modal open width={chosen ? 560 : 760} footer={null} title={chosen?.title ?? t('workflows:template.title')} onCancel={onClose}>
      {chosen ? (
        <TemplateForm template={chosen} onBack={() => choose(undefined)} onMade={onMade} />
      ) : (
        <div className="workflows-form">
          <p className="muted">{t('workflows:template.text')}</p>
          <Failure error={templates.error} />
          {templates.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
          <div className="workflows-grid workflows-grid-wide">
            {templates.data?.map((template) => (
              <Choice key={template.key} template={template} onChoose={() => choose(template.key)} />
            ))}
          </div>
        </div>
      )}
    </Modal>
  )
}

function Choice({ template, onChoose }: { template: Template; onChoose: () => void }) {
  const { t, i18n } = useTranslation()
  const scheme = useSchemes().data?.find((one) => one.key === template.scheme)
  return (
    <button type="button" className="workflows-choice" onClick={onChoose}>
      <strong>{template.title}</strong>
      <span className="muted">{template.help}</span>
      <span className="row">
        <Tag>{scheme ? pick(scheme.title, i18n.language) : t('workflows:template.anyCaller')}</Tag>
      </span>
    </button>
  )
}
