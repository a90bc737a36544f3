import './json.css'

import { Button, Input, Segmented } from 'antd'
import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '@/components/CopyButton'
import { useFormat } from '@/components/format'
import { extend } from '@/form/paths'

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
  const [active, setActive] = useState<{ path: string; json: Json } | null>(null)
  const cut = truncation(json)
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
      {cut !== null && <p className="json-cut">{t('json:truncated', { bytes: format.bytes(cut) })}</p>}
      {mode === 'tree' ? (
        <JsonTree json={json} label={label} search={search} onPick={onPick} onActive={(steps, at) => setActive({ path: pathOf(steps), json: at })} maxHeight={maxHeight} />
      ) : (
        <RawText text={raw} label={label} maxHeight={maxHeight} />
      )}
      {mode === 'tree' && active && active.path !== '' && (
        <div className="row json-at">
          <span className="mono cut grow" title={active.path}><Shown text={active.path} whole /></span>
          <CopyButton text={active.path} label={t('json:copyPath')} />
          <CopyButton text={async () => (active.json.type === 'string' ? active.json.value : write(active.json))} label={t('json:copyValue')} />
        </div>
      )}
    </div>
  )
}

/** pathOf is how templates spell the way to a row. */
const pathOf = (steps: string[]) => steps.reduce(extend, '').replace(/^\./, '')

/** truncation is how many bytes a value had that the server cut: it keeps {truncated, bytes, head} of it. */
function truncation(json: Json): number | null {
  if (json.type !== 'object' || json.members.length !== 3) return null
  const { truncated, bytes, head } = Object.fromEntries(json.members)
  return truncated?.type === 'boolean' && truncated.value && bytes?.type === 'number' && head ? Number(bytes.text) : null
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
