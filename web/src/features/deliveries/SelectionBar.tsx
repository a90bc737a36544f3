import { Button, Tooltip } from 'antd'
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { readDelivery } from '@/api/deliveries'
import { useMay } from '@/api/session'
import { download } from '@/components/download'
import { useFormat } from '@/components/format'

import { each } from './each'
import { ReplaySelectedDialog } from './replay/ReplaySelectedDialog'

interface SelectionBarProps {
  ids: string[]
  onCompare: (ids: [string, string]) => void
  onClear: () => void
}

/** What can be done with the rows that are chosen. */
export function SelectionBar({ ids, onCompare, onClear }: SelectionBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const editor = useMay('editor')
  const [replaying, setReplaying] = useState(false)
  const [newer, older] = ids
  const compare = () => older && newer && onCompare([older, newer])
  return (
    <div className="dlv-selection" role="region" aria-label={t('deliveries:selection.label')}>
      <span role="status" className="grow">
        {t('deliveries:selection.count', { count: ids.length, shown: format.number(ids.length) })}
      </span>
      {editor && (
        <Button size="small" type="primary" onClick={() => setReplaying(true)}>
          {t('deliveries:selection.replay', { count: ids.length })}
        </Button>
      )}
      <Tooltip title={ids.length === 2 ? undefined : t('deliveries:selection.compareHint')}>
        <Button size="small" disabled={ids.length !== 2} onClick={compare}>
          {t('deliveries:selection.compare')}
        </Button>
      </Tooltip>
      <Export ids={ids} />
      <button type="button" className="icon-button" aria-label={t('deliveries:selection.clear')} title={t('deliveries:selection.clear')} onClick={onClear}>
        <X size={14} />
      </button>
      {replaying && <ReplaySelectedDialog ids={ids} onClose={() => setReplaying(false)} />}
    </div>
  )
}

/** Saves the chosen requests whole, one JSON object a line. */
function Export({ ids }: { ids: string[] }) {
  const { t } = useTranslation()
  const [progress, setProgress] = useState<{ done: number; failed: number; total: number; over: boolean } | null>(null)
  const stopped = useRef(false)
  const run = async () => {
    stopped.current = false
    const lines = new Map<string, string>()
    const total = ids.length
    const result = await each(ids, async (id) => void lines.set(id, JSON.stringify(await readDelivery(id))), {
      stopped: () => stopped.current,
      onProgress: (done, failed) => setProgress({ done, failed, total, over: false }),
    })
    if (lines.size > 0) download('deliveries.jsonl', ids.flatMap((id) => lines.get(id) ?? []).join('\n') + '\n')
    setProgress(result.failed.length > 0 ? { done: lines.size, failed: result.failed.length, total, over: true } : null)
  }
  if (progress && !progress.over) {
    return (
      <Button size="small" onClick={() => (stopped.current = true)}>
        {t('deliveries:selection.progress', progress)} · {t('deliveries:selection.stop')}
      </Button>
    )
  }
  return (
    <>
      {progress && <span role="alert">{t('deliveries:selection.exported', progress)}</span>}
      <Button size="small" onClick={() => void run()}>
        {t('deliveries:selection.export')}
      </Button>
    </>
  )
}
