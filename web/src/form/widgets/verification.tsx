import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { useSchemes } from '@/api/catalogue'
import { pick } from '@/app/i18n'

import { FormProvider, useForm, type WidgetProps } from '../context'
import { Fields } from '../Fields'
import type { Values } from '../plan'

/** How callers prove who they are: a scheme, and its own settings. */
export function VerificationWidget({ value, onChange, pointer, id, label, readOnly, invalid, describedBy }: WidgetProps) {
  const { t, i18n } = useTranslation()
  const schemes = useSchemes()
  const form = useForm()
  const values: Values = typeof value === 'object' && value !== null ? (value as Values) : {}
  const scheme = schemes.data?.find(({ key }) => key === values.scheme)
  const state = useMemo(() => ({ ...form, root: scheme?.schema ?? form.root }), [form, scheme])
  return (
    <div className="form-stack grow">
      <Select
        id={id} showSearch={{ optionFilterProp: 'search' }} allowClear className="field-wide" value={typeof values.scheme === 'string' ? values.scheme : undefined} disabled={readOnly} status={invalid ? 'error' : ''} aria-label={label} aria-describedby={describedBy}
        placeholder={t('form:choose')} loading={schemes.isPending} onChange={(next: string | undefined) => onChange(next === undefined ? undefined : { scheme: next })}
        options={schemes.data?.map(({ key, title }) => ({ value: key, label: pick(title, i18n.language), search: `${key} ${title.en} ${title.zh}` }))}
      />
      {scheme && (
        <FormProvider value={state}>
          <Fields schema={scheme.schema} value={values} onChange={(next) => onChange({ ...next, scheme: scheme.key })} pointer={pointer} literal={false} except={['scheme']} />
        </FormProvider>
      )}
    </div>
  )
}
