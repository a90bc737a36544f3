import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { CopyButton } from '@/components/CopyButton'

import { useEditor } from '../store'
import { Ticks } from './Callers'
import { Fold } from './Fold'
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
  const neverPublished = useEditor((editor) => editor.meta.revision === 0)
  const texts = (scheme.setup ?? []).map((step) => pick(step, i18n.language))
  const title = scheme.group?.key === 'generic' ? t('trigger:setup.generic') : t('trigger:setup.title', { name })
  return (
    // Who has published has most likely connected the sender.
    <Fold label={title} open={neverPublished}>
      <div className="trg-setup">
        <div className="trg-copies">
          <Copy label={t('trigger:setup.url')} text={url} />
          {secret && <Copy label={t('trigger:setup.secret')} text={secret} hidden />}
        </div>
        <ol>
          {texts.map((text, index) => (
            <li key={text}>
              <Ticks text={text} />
              {index === texts.length - 1 && <ListenPanel listener={listener} name={scheme.group?.key === 'generic' ? undefined : name} />}
            </li>
          ))}
        </ol>
      </div>
    </Fold>
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
