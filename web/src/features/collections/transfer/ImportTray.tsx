import { Button, Progress } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useAbortImport, useLastImport, type ImportItem } from '@/api/imports'
import { useMay } from '@/api/session'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'

import { Failure } from '../Failure'
import { RowErrors } from './RowErrors'

const fresh = 10 * 60_000 // ms for which an import that has ended is told of

const seenKey = 'hookflow.imports.seen'

/** How far the newest import into a table has come, and how it ended. */
export function ImportTray({ collection }: { collection: string }) {
  const last = useLastImport(collection).data
  const [seen, setSeen] = useState(() => sessionStorage.getItem(seenKey))
  const [opened] = useState(Date.now)
  if (!last || last.id === seen) return null
  if (last.finishedAt && opened - Date.parse(last.finishedAt) > fresh) return null
  const close = () => {
    sessionStorage.setItem(seenKey, last.id)
    setSeen(last.id)
  }
  return <Tray job={last} onClose={close} />
}

function Tray({ job, onClose }: { job: ImportItem; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const editor = useMay('editor')
  const abort = useAbortImport()
  const [details, setDetails] = useState(false)
  const running = job.status === 'running'
  const percent = job.total > 0 ? Math.floor(((job.done + job.failed) / job.total) * 100) : 100
  return (
    <section className="collections-tray" aria-label={t('collections:import.tray')}>
      <div className="row">
        <Status of={job.status} />
        <Progress percent={percent} size="small" className="collections-progress" aria-label={t('collections:import.tray')} status={job.status === 'aborted' ? 'exception' : running ? 'active' : 'success'} showInfo={running} />
        <span role="status" className="num">
          {t('collections:import.progress', { done: format.number(job.done), total: format.number(job.total), failed: format.number(job.failed) })}
        </span>
        <span className="grow" />
        {job.errors.length > 0 && <Button size="small" aria-expanded={details} onClick={() => setDetails(!details)}>{t('collections:import.problems', { count: job.failed })}</Button>}
        {running && editor && <Button size="small" danger loading={abort.isPending} onClick={() => abort.mutate(job.id)}>{t('collections:import.abort')}</Button>}
        {!running && (
          <button type="button" className="icon-button" aria-label={t('collections:close')} title={t('collections:close')} onClick={onClose}>
            <X size={14} />
          </button>
        )}
      </div>
      {details && <RowErrors errors={job.errors} failed={job.failed} file={`${job.collection}-${job.id}-problems.csv`} />}
      <Failure error={abort.error} onClose={abort.reset} />
    </section>
  )
}
