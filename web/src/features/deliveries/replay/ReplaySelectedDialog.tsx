import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Modal, Progress } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { deliveriesKey, replayDelivery, type Revision } from '@/api/deliveries'
import { useFormat } from '@/components/format'

import { failureOf } from '../detail/Actions'
import { each } from '../each'
import type { LogSearch } from '../filter'
import { Versions } from './Versions'

interface Failure {
  id: string
  text: string
}

interface Run {
  done: number
  over: boolean
  failures: Failure[]
}

/** Replays the requests that are chosen, one after the other, and says how each went. */
export function ReplaySelectedDialog({ ids, onClose }: { ids: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [revision, setRevision] = useState<Revision>('current')
  const [run, setRun] = useState<Run | null>(null)
  const stopped = useRef(false)
  const replay = useReplayEach()
  const start = () => void replay([...ids].toReversed(), revision, () => stopped.current, setRun)
  const close = () => {
    stopped.current = true
    onClose()
  }
  return (
    <Modal
      open
      title={t('deliveries:bulk.titleSelected')}
      okText={run ? t('deliveries:bulk.close') : t('deliveries:bulk.start')}
      cancelText={t(run && !run.over ? 'deliveries:selection.stop' : 'deliveries:bulk.cancel')}
      okButtonProps={{ disabled: run !== null && !run.over }}
      cancelButtonProps={run?.over ? { style: { display: 'none' } } : {}}
      onOk={run ? close : start}
      onCancel={run && !run.over ? () => (stopped.current = true) : close}
    >
      <div className="dlv-dialog">
        {run ? (
          <Outcome run={run} total={ids.length} onLeave={close} />
        ) : (
          <>
            <p className="dlv-count">{t('deliveries:bulk.count', { count: ids.length, shown: format.number(ids.length) })}</p>
            <Versions value={revision} onChange={setRevision} />
            <p className="muted">{t('deliveries:bulk.noteSelected')}</p>
          </>
        )}
      </div>
    </Modal>
  )
}

/** useReplayEach replays requests and tells how far it is. What is turned away again is a failure too. */
function useReplayEach() {
  const { t } = useTranslation()
  const client = useQueryClient()
  return async (ids: string[], revision: Revision, stopped: () => boolean, onRun: (run: Run) => void) => {
    const failures: Failure[] = []
    const one = async (id: string) => {
      const made = await replayDelivery(id, revision)
      if (made.outcome !== 'accepted') failures.push({ id, text: made.reason ? t(`deliveries:reason.${made.reason}.title`, made.detail) : t(`common:status.${made.outcome}`) })
    }
    const { done, failed } = await each(ids, one, { stopped, onProgress: (done) => onRun({ done, over: false, failures }) })
    onRun({ done, over: true, failures: [...failures, ...failed.map(({ id, error }) => ({ id, text: failureOf(t, error).detail }))] })
    await client.invalidateQueries({ queryKey: [...deliveriesKey, 'replaysOf'] })
  }
}

function Outcome({ run: { done, over, failures }, total, onLeave }: { run: Run; total: number; onLeave: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const well = done - failures.length
  return (
    <>
      <Progress percent={Math.floor((done / total) * 100)} status={over ? (failures.length ? 'exception' : 'success') : 'active'} aria-label={t('deliveries:bulk.progress', { done, total })} />
      <p role="status">
        {over
          ? `${t('deliveries:bulk.result', { count: well, shown: format.number(well) })}${failures.length ? ` · ${t('deliveries:bulk.failed', { count: failures.length, shown: format.number(failures.length) })}` : ''}`
          : t('deliveries:bulk.progress', { done, total })}
      </p>
      {over && failures.length > 0 && (
        <section>
          <h3>{t('deliveries:bulk.failures')}</h3>
          <ul className="dlv-failures">
            {failures.map(({ id, text }) => (
              <li key={id}>
                <Link to="/deliveries" search={(old: LogSearch) => ({ ...old, id, tab: undefined })} className="mono" onClick={onLeave}>
                  {id}
                </Link>{' '}
                {text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
