import './json.css'

import { Button, Input, Segmented } from 'antd'
import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '@/components/CopyButton'
import { useFormat } from '@/components/format'

import { JsonTree } from './JsonTree'
import { from, parse, write, type Json } from './lossless'
import { Shown } from './Shown'

interface Props {
  /** The value, or its text, which keeps the spelling of numbers. */
  value?: unknown
  text?: string
  label: string
  /** Name of the file that is downloaded. */
  file?: string
  onPick?: (steps: string[], json: Json) => void
  maxHeight?: number | string
}

/** Bytes of a text that are drawn before somebody asks for more. */
const portion = 100_000

/** A value to look at: as a tree, as text, to search, copy and download. */
export function JsonView({ value, text, label, file = 'value.json', onPick, maxHeight }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [mode, setMode] = useState<'tree' | 'raw'>('tree')
  const [search, setSearch] = useState('')
  const json = useMemo(() => (text === undefined ? from(value) : (parse(text) ?? from(text))), [text, value])
  const raw = useMemo(() => (mode === 'raw' ? write(json) : ''), [json, mode])
  const whole = () => text ?? write(json)
  return (
    <div className="json-view">
      <div className="row json-bar">
        <Segmented
          size="small"
          value={mode}
          onChange={setMode}
          aria-label={t('json:view')}
          options={[
            { value: 'tree', label: t('json:tree') },
            { value: 'raw', label: t('json:raw') },
          ]}
        />
        {mode === 'tree' && (
          <Input size="small" allowClear value={search} placeholder={t('json:search')} aria-label={t('json:search')} onChange={(event) => setSearch(event.target.value)} />
        )}
        <span className="grow" />
        {mode === 'raw' && <span className="muted num">{format.bytes(raw.length)}</span>}
        <CopyButton text={async () => whole()} />
        <button type="button" className="icon-button" aria-label={t('json:download')} title={t('json:download')} onClick={() => download(file, whole())}>
          <Download size={14} />
        </button>
      </div>
      {mode === 'tree' ? (
        <JsonTree json={json} label={label} search={search} onPick={onPick} maxHeight={maxHeight} />
      ) : (
        <RawText text={raw} label={label} maxHeight={maxHeight} />
      )}
    </div>
  )
}

/** A text from outside, in portions, so that a large one does not stop the page. */
export function RawText({ text, label, maxHeight = 420 }: { text: string; label: string; maxHeight?: number | string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(portion)
  return (
    <div className="json-raw" style={{ maxHeight }} tabIndex={0} role="region" aria-label={label}>
      <pre>
        <Shown text={text.slice(0, shown)} whole key={shown} />
      </pre>
      {shown < text.length && (
        <Button size="small" onClick={() => setShown(shown + portion)}>
          {t('json:more', { percent: Math.round((shown / text.length) * 100) })}
        </Button>
      )}
    </div>
  )
}

/** download saves a text as a file. */
export function download(name: string, text: string, type = 'application/json') {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
