import { useTranslation } from 'react-i18next'

import type { Schema } from '@/api/catalogue'

/** useTitles reads what a schema says to people in the language shown. */
export function useTitles() {
  const { i18n, t } = useTranslation()
  const zh = i18n.language === 'zh'
  return {
    of: (schema: Pick<Schema, 'title' | 'x-zh-title'>, name = '') => (zh && schema['x-zh-title']) || schema.title || name,
    help: (schema: Schema) => (zh && schema['x-zh']) || schema.description || '',
    /** A value of an enumeration: what it is called where it has a name, or as it is. */
    choice: (value: unknown) => {
      const key = `form:choice.${String(value)}`
      return i18n.exists(key) ? t(`form:choice.${String(value)}`) : String(value)
    },
    unit: (unit: string) => t(`form:unit.${unit}`),
    unitOf: (name: string) => t('form:unitOf', { name }),
  }
}
