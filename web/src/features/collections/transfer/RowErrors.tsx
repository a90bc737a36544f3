import { Button } from 'antd'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { RowError } from '@/api/imports'
import { download } from '@/components/download'
import { Shown } from '@/components/json/Shown'

import { reportOf } from './source'

/** The rows that were refused, and why; as a file too. */
export function RowErrors({ errors, failed, file }: { errors: readonly RowError[]; failed: number; file: string }) {
  const { t } = useTranslation()
  if (errors.length === 0) return null
  const rows = new Set(errors.map(({ row }) => row)).size
  return (
    <>
      <div className="collections-errors" role="region" tabIndex={0} aria-label={t('collections:import.errors')}>
        <table>
          <thead>
            <tr>
              <th>{t('collections:import.row')}</th>
              <th>{t('collections:history.field')}</th>
              <th>{t('collections:import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ row, line, field, detail }) => (
              <tr key={`${row} ${field ?? ''} ${detail}`}>
                <td className="num">{row || t('collections:import.whole')}{line ? <span className="muted"> {t('collections:import.line', { line })}</span> : null}</td>
                <td className="mono">{field}</td>
                <td><Shown text={detail} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button size="small" icon={<Download size={13} />} onClick={() => download(file, reportOf(errors))}>{t('collections:import.report')}</Button>
        {failed > rows && <span className="muted">{t('collections:import.first', { count: failed - rows })}</span>}
      </div>
    </>
  )
}
