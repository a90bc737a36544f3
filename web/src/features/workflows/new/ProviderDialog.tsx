import { Input, Modal, Skeleton } from 'antd'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSchemes, type SchemeType } from '@/api/catalogue'
import { useCreateDraft } from '@/api/workflows'
import { pick } from '@/app/i18n'

import { Failure } from '../Failure'
import { keyOf } from '../key'
import type { NewProps } from './NewDialogs'
import { groupSchemes } from './schemes'

/** A new workflow whose callers are verified as a provider signs. */
export function ProviderDialog({ onClose, onMade }: NewProps) {
  const { t, i18n } = useTranslation()
  const schemes = useSchemes()
  const create = useCreateDraft()
  const [text, setText] = useState('')
  const choose = (scheme: SchemeType) => {
    const title = pick(scheme.title, i18n.language)
    const config = { methods: ['POST'], verification: { scheme: scheme.key } }
    const key = keyOf(scheme.key)
    create.mutate({ kind: 'Workflow', key, title, enabled: true, trigger: { type: 'webhook', config }, nodes: [] }, { onSuccess: onMade })
  }
  const groups = groupSchemes(schemes.data ?? [], text, i18n.language)
  return (
    <Modal open width={760} footer={null} title={t('workflows:provider.title')} onCancel={onClose}>
      <div className="workflows-form">
        <p className="muted">{t('workflows:provider.text')}</p>
        <Input
          autoFocus
          allowClear
          prefix={<Search size={14} aria-hidden />}
          aria-label={t('workflows:provider.search')}
          placeholder={t('workflows:provider.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Failure error={create.error ?? schemes.error} />
        <div className="workflows-providers" aria-busy={schemes.isPending}>
          {schemes.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
          {groups.map((group) => (
            <section key={group.key}>
              <h2>{group.key === 'popular' ? t('workflows:provider.popular') : group.key === 'all' ? t('workflows:provider.all') : group.title}</h2>
              <div className="workflows-grid">
                {group.schemes.map((scheme) => (
                  <Choice key={scheme.key} scheme={scheme} disabled={create.isPending} onChoose={() => choose(scheme)} />
                ))}
              </div>
            </section>
          ))}
          {schemes.data && groups.length === 0 && <p className="muted">{t('workflows:provider.none')}</p>}
        </div>
      </div>
    </Modal>
  )
}

function Choice({ scheme, disabled, onChoose }: { scheme: SchemeType; disabled: boolean; onChoose: () => void }) {
  const { i18n } = useTranslation()
  return (
    <button type="button" className="workflows-choice" disabled={disabled} onClick={onChoose}>
      <strong className="cut">{pick(scheme.title, i18n.language)}</strong>
      <span className="muted workflows-two-lines">{pick(scheme.help, i18n.language)}</span>
    </button>
  )
}
