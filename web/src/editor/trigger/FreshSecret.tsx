import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '@/components/CopyButton'

/** A secret that was made just now: the only time it is shown. */
export function FreshSecret({ value, onDone }: { value: string; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="trg-fresh" role="status">
      <p>{t('trigger:secret.fresh')}</p>
      <div className="trg-url-text">
        <code className="grow" translate="no">
          {value}
        </code>
        <CopyButton text={value} label={t('trigger:secret.copy')} />
      </div>
      <Button size="small" onClick={onDone}>
        {t('trigger:secret.done')}
      </Button>
    </div>
  )
}
