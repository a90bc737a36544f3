import { Button, Input, Popover } from 'antd'
import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useFormat } from './format'

/** A stretch of time as it stands in a URL: a length up to now, or from and to in ISO 8601. */
export interface Range {
  since?: string
  from?: string
  to?: string
}

interface TimeRangeProps {
  value: Range
  /** Lengths that one click chooses, such as 1h. */
  periods: readonly string[]
  onChange: (range: Range) => void
}

/** Chooses when: the last hour, the last day, all, or from one moment to another. */
export function TimeRange({ value, periods, onChange }: TimeRangeProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const name = useRangeName()(value)
  const choose = (range: Range) => {
    setOpen(false)
    onChange(range)
  }
  const choices = [undefined, ...periods]
  const panel = (
    <div style={{ display: 'grid', gap: 10 }}>
      <div className="row" style={{ flexWrap: 'wrap', gap: 4 }}>
        {choices.map((since) => (
          <Button key={since ?? ''} size="small" type={since === value.since && !value.from && !value.to ? 'primary' : 'default'} onClick={() => choose({ since })}>
            {t(`common:time.${since ?? 'all'}`)}
          </Button>
        ))}
      </div>
      {(['from', 'to'] as const).map((edge) => (
        <label key={edge} className="row">
          <span className="grow">{t(`common:time.${edge}`)}</span>
          <Input
            type="datetime-local"
            style={{ width: 200 }}
            value={local(value[edge])}
            onChange={(event) => onChange({ from: value.from, to: value.to, [edge]: instant(event.target.value) })}
          />
        </label>
      ))}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} content={panel}>
      <Button icon={<CalendarClock size={14} />} aria-expanded={open} aria-label={t('common:time.choose', { name })}>
        {name}
      </Button>
    </Popover>
  )
}

// The input speaks local time without a zone.
function local(at: string | undefined): string {
  const date = new Date(at ?? '')
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const instant = (text: string) => (text ? new Date(text).toISOString() : undefined)

/** useRangeName names a stretch of time. */
export function useRangeName() {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ since, from, to }: Range) => {
    if (since) return t(`common:time.${since}`, since)
    if (!from && !to) return t('common:time.all')
    return `${from ? format.time(from) : '…'} – ${to ? format.time(to) : '…'}`
  }
}
