import { useTranslation } from 'react-i18next'

import { JsonView } from '@/components/json/JsonView'

/** A value of a run, which may be none. */
export function Value({ value, name }: { value: unknown; name: string }) {
  const { t } = useTranslation()
  if (value === undefined) return <p className="muted">{t('editor:output.nothing')}</p>
  return <JsonView value={value} label={name} maxHeight="50vh" />
}
