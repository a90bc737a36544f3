import { Button } from 'antd'
import { Check, Radio, RotateCcw, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Failure } from '@/components/Failure'

import { useEditor } from '../store'
import { HeardList } from './HeardList'
import { useCountdown } from './useCountdown'
import type { Listener } from './useListener'

/** Waiting for the next request: begin, how long it goes on, what came. */
export function ListenPanel({ listener, name }: { listener: Listener; name?: string }) {
  const { t } = useTranslation()
  const { phase, heard, error, start, cancel } = listener
  const waits = phase === 'armed' || phase === 'starting'
  return (
    <div className="trg-listen">
      <div className={`trg-listen-bar trg-listen-${phase}`}>
        <span className="trg-pulse" aria-hidden>
          {phase === 'received' ? <Check size={15} /> : <Radio size={15} />}
        </span>
        <span className="grow" role="status">
          {name && waits ? t('trigger:listen.armedFor', { name }) : t(`trigger:listen.${phase}`)}
        </span>
        {waits && <Countdown until={listener.until} />}
        {waits ? (
          <Button size="small" icon={<Square size={11} />} onClick={cancel}>
            {t('trigger:listen.stop')}
          </Button>
        ) : (
          <Button size="small" type={phase === 'idle' ? 'primary' : 'default'} icon={phase === 'idle' ? <Radio size={13} /> : <RotateCcw size={12} />} onClick={start}>
            {t(phase === 'idle' ? 'trigger:listen.start' : 'trigger:listen.again')}
          </Button>
        )}
      </div>
      <Failure error={error} />
      {phase === 'received' && <NotYet />}
      <HeardList heard={heard} />
    </div>
  )
}

/** Says that requests are only kept as long as nothing is published or the workflow is disabled. */
function NotYet() {
  const { t } = useTranslation()
  const runs = useEditor(({ meta }) => meta.revision > 0 && meta.enabled)
  return runs ? null : <p className="trg-note">{t('trigger:listen.publish')}</p>
}

function Countdown({ until }: { until: number }) {
  const left = useCountdown(until)
  return <span className="mono muted" aria-hidden>{`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`}</span>
}
