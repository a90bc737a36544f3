import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'

/** What an address that leads nowhere shows. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <main style={{ padding: 48 }}>
      <h1 className="sr-only">{t('common:notFound.title')}</h1>
      <EmptyState title={t('common:notFound.title')} text={t('common:notFound.text')}>
        <Link to="/">{t('common:nav.overview')}</Link>
      </EmptyState>
    </main>
  )
}

/** What a page that broke shows. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <main style={{ padding: 48 }}>
      <ErrorState error={error} onRetry={reset} />
    </main>
  )
}
