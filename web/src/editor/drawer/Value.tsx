import { useTranslation } from 'react-i18next'

/** A value as text; large ones are cut. */
export function Value({ value, name }: { value: unknown; name: string }) {
  const { t } = useTranslation()
  if (value === undefined) return <p className="muted">{t('editor:output.nothing')}</p>
  return (
    <pre className="ed-value" aria-label={name}>
      {JSON.stringify(value, null, 2).slice(0, 50_000)}
    </pre>
  )
}
