import { Button, Segmented, Select } from 'antd'
import { Pause, Play, Rows2, Rows4 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { useWorkflowTitles } from '@/api/workflows'
import { usePreferences } from '@/app/preferences'
import { SearchBar } from '@/components/SearchBar'
import { TimeRange } from '@/components/TimeRange'

import { chipsOf, useAddress, withoutChip, withText } from './address'
import { periods } from './filter'
import { suggest } from './suggest'
import type { LiveState } from './useLog'
import { Views } from './Views'

const outcomes = ['', 'accepted', 'rejected', 'duplicate', 'filtered', 'handshake']

interface ToolbarProps {
  live: LiveState
  paused: boolean
  onPause: (paused: boolean) => void
}

/** What narrows the log, and how it is shown. */
export function Toolbar({ live, paused, onPause }: ToolbarProps) {
  const { t } = useTranslation()
  const { search, change } = useAddress()
  const workflows = useWorkflowTitles()
  const known = useMemo(() => ({ workflows: workflows.data ?? new Map<string, string>(), t: (key: string) => t(key) }), [workflows.data, t])
  const options = outcomes.map((value) => ({ value, label: value ? t(`common:status.${value}`) : t('deliveries:all') }))
  const outcome = search.outcome ?? ''
  const choose = (value: string) => change({ outcome: value || undefined })
  return (
    <div className="dlv-bar">
      <div className="dlv-outcomes">
        <Segmented className="dlv-wide" aria-label={t('deliveries:outcomes')} value={outcome} onChange={choose} options={options} />
        <Select className="dlv-narrow" aria-label={t('deliveries:outcomes')} value={outcome} onChange={choose} options={options} popupMatchSelectWidth={false} />
        <span className="grow" />
        <LiveSwitch state={live} paused={paused} onPause={onPause} />
        <Density />
      </div>
      <SearchBar
        label={t('deliveries:search')}
        placeholder={t('deliveries:searchHint')}
        chips={chipsOf(search)}
        suggest={(text) => suggest(text, known)}
        onAdd={(text) => change(withText(text))}
        onRemove={(index) => change(withoutChip(search, index))}
      />
      <TimeRange value={search} periods={Object.keys(periods)} onChange={({ since, from, to }) => change({ since, from, to })} />
      <Views />
    </div>
  )
}

function LiveSwitch({ state, paused, onPause }: { state: LiveState; paused: boolean; onPause: (paused: boolean) => void }) {
  const { t } = useTranslation()
  const text = state === 'live' ? t(paused ? 'deliveries:live.paused' : 'deliveries:live.on') : t(`deliveries:live.${state}`)
  return (
    <span className="row dlv-live" data-state={paused && state === 'live' ? 'paused' : state}>
      <i aria-hidden />
      <span role="status">{text}</span>
      {state !== 'off' && (
        <button
          type="button"
          className="icon-button"
          aria-label={t(paused ? 'deliveries:live.resume' : 'deliveries:live.pause')}
          title={t(paused ? 'deliveries:live.resume' : 'deliveries:live.pause')}
          onClick={() => onPause(!paused)}
        >
          {paused ? <Play size={14} /> : <Pause size={14} />}
        </button>
      )}
    </span>
  )
}

function Density() {
  const { t } = useTranslation()
  const { density, setDensity } = usePreferences()
  const compact = density === 'compact'
  const name = t(compact ? 'deliveries:comfortable' : 'deliveries:compact')
  return (
    <Button
      type="text"
      aria-label={name}
      title={name}
      icon={compact ? <Rows2 size={15} /> : <Rows4 size={15} />}
      onClick={() => setDensity(compact ? 'comfortable' : 'compact')}
    />
  )
}
