import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { addressOf } from '../address'
import { keyOf, validKey } from '../key'

/** A new workflow's title and key; the key follows the title until it is written by hand. */
export interface Name {
  title: string
  key: string
  byHand: boolean
}

/** namedAfter is the name that a title suggests. */
export const namedAfter = (title: string): Name => ({ title, key: keyOf(title), byHand: false })

/** Whether a workflow may be called so. */
export const nameFits = ({ title, key }: Name) => title.trim() !== '' && validKey(key)

/** The fields for the name of a new workflow, with the URL that comes of it. */
export function NameFields({ name, onChange }: { name: Name; onChange: (name: Name) => void }) {
  const { t } = useTranslation()
  const retitle = (title: string) => onChange({ ...name, title, key: name.byHand ? name.key : keyOf(title) })
  const wrong = name.key !== '' && !validKey(name.key)
  return (
    <>
      <label className="workflows-field">
        <span>{t('workflows:name.title')}</span>
        <Input autoFocus maxLength={200} value={name.title} onChange={(event) => retitle(event.target.value)} />
      </label>
      <label className="workflows-field">
        <span>{t('workflows:name.key')}</span>
        <Input
          className="mono"
          maxLength={64}
          value={name.key}
          status={wrong ? 'error' : ''}
          aria-invalid={wrong}
          onChange={(event) => onChange({ ...name, key: event.target.value, byHand: true })}
        />
        <span className={wrong ? 'workflows-wrong' : 'muted workflows-hint'}>{wrong ? t('workflows:name.wrong') : addressOf(name.key)}</span>
      </label>
    </>
  )
}
