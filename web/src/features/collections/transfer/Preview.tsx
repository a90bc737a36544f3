import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'
import { Shown } from '@/components/json/Shown'

import { useFieldTitle } from '../FieldName'
import { settable, strangers, type Mapping, type Source } from './source'

interface Props {
  source: Source
  mapping: Mapping
  fields: readonly Field[]
  onMapping: (mapping: Mapping) => void
}

/** The first rows of a file, and which field each of its columns goes to. */
export function Preview({ source, mapping, fields, onMapping }: Props) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  const { header, rows, format } = source
  const unknown = format === 'csv' ? [] : strangers(header, fields)
  if (header.length === 0) return <p className="muted">{t('collections:import.noPreview')}</p>
  const options = [{ value: '', label: t('collections:import.skip') }, ...settable(fields).map((field) => ({ value: field.name, label: titleOf(field) }))]
  return (
    <>
      {unknown.length > 0 && <p role="alert" className="collections-wrong">{t('collections:import.unknown', { names: unknown.slice(0, 10).join(', ') })}</p>}
      <div className="collections-preview" role="region" tabIndex={0} aria-label={t('collections:import.preview')}>
        <table>
          <thead>
            <tr>
              {header.map((name, index) => (
                // Columns may be called alike.
                // oxlint-disable-next-line react/no-array-index-key
                <th key={index}>
                  <Shown text={name.slice(0, 80)} />
                  {format === 'csv' && (
                    <Select
                      size="small"
                      popupMatchSelectWidth={false}
                      aria-label={t('collections:import.column', { name })}
                      value={mapping[index] ?? ''}
                      onChange={(field) => onMapping(mapping.map((old, at) => (at === index ? field : old === field ? '' : old)))}
                      options={options}
                    />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index}>
                {header.map((_, at) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={at} data-skipped={(format === 'csv' && !mapping[at]) || undefined}>
                    <Shown text={(row[at] ?? '').slice(0, 80)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
