import { Button, Input } from 'antd'
import { Dices, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '@/components/CopyButton'

import { Field } from '../parts'

interface Props {
  value: string
  secret: boolean
  error?: string | undefined
  hint?: string
  onChange: (value: string) => void
}

/** The value of a secret or a variable. A secret's is hidden while it is typed and may have many lines, as keys in PEM have; one can be made up. */
export function ValueField({ value, secret, error, hint, onChange }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const masked = secret && !shown
  const toggle = t(shown ? 'settings:secrets.hide' : 'settings:secrets.show')
  const generate = () => {
    onChange(randomSecret())
    setShown(true)
  }
  return (
    <div className="settings-field">
      <Field label={t('settings:secrets.value')} error={error} hint={hint}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            className={masked ? 'mono settings-masked' : 'mono'}
            autoSize={{ minRows: 1, maxRows: 8 }}
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {secret && (
        <div className="row">
          <Button size="small" icon={<Dices size={13} aria-hidden />} onClick={generate}>
            {t('settings:secrets.generate')}
          </Button>
          <button type="button" className="icon-button" aria-label={toggle} title={toggle} onClick={() => setShown(!shown)}>
            {shown ? <EyeOff size={14} /> : <Eye size={14} />}
          </button>
          {value && <CopyButton text={value} label={t('settings:secrets.copy')} />}
          <span className="settings-hint">{value && t('settings:secrets.lastSight')}</span>
        </div>
      )}
    </div>
  )
}

/** 256 random bits that every provider's form takes. */
function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
