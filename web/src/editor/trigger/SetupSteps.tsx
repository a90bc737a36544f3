import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { CopyButton } from '@/components/CopyButton'

import { Ticks } from './Callers'
import { ListenPanel } from './ListenPanel'
import type { Listener } from './useListener'

interface SetupStepsProps {
  scheme: SchemeType
  url: string
  /** The secret that was made just now; null when it cannot be copied any more. */
  secret: string | null
  listener: Listener
}

/** What to do at the sender, step by step; the last one waits for its first request. */
export function SetupSteps({ scheme, url, secret, listener }: SetupStepsProps) {
  const { t, i18n } = useTranslation()
  const name = pick(scheme.title, i18n.language)
  const texts = (scheme.setup ?? []).map((step) => pick(step, i18n.language))
  return (
    <div className="trg-setup">
      <h4>{scheme.group?.key === 'generic' ? t('trigger:setup.generic') : t('trigger:setup.title', { name })}</h4>
      <div className="trg-copies">
        <Copy label={t('trigger:setup.url')} text={url} />
        {secret && <Copy label={t('trigger:setup.secret')} text={secret} hidden />}
      </div>
      <ol>
        {texts.map((text) => (
          <li key={text}>
            <Ticks text={text} />
          </li>
        ))}
        <li>
          <ListenPanel listener={listener} name={scheme.group?.key === 'generic' ? undefined : name} />
        </li>
      </ol>
    </div>
  )
}

function Copy({ label, text, hidden = false }: { label: string; text: string; hidden?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="trg-copy">
      <span className="muted trg-small">{label}</span>
      <code className="cut grow" translate="no">
        {hidden ? '••••••••••••••••' : text}
      </code>
      <CopyButton text={text} label={t('trigger:copyOf', { name: label })} />
    </div>
  )
}
