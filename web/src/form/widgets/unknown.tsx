import { useTranslation } from 'react-i18next'

import type { WidgetProps } from '../context'
import { JsonField } from './json'

/** A value that no widget knows, as JSON. */
export function UnknownWidget({ value, onChange, ...props }: WidgetProps) {
  const { t } = useTranslation()
  return (
    <div data-testid="unknown-widget">
      <JsonField {...props} value={value} onChange={onChange} />
      <p className="muted field-hint">{t('form:unknownShape')}</p>
    </div>
  )
}
