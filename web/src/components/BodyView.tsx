import './list.css'

import { Button, Segmented } from 'antd'
import { Download } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { contentOf, type ApiBody, type Content } from './body'
import { CopyButton } from './CopyButton'
import { download } from './download'
import { useFormat } from './format'
import { HexView } from './HexView'
import { JsonView, RawText } from './json/JsonView'
import { Pairs } from './Pairs'

interface BodyViewProps {
  body: ApiBody
  contentType: string
  /** How large it was when it came: one that was not kept says so. */
  size?: number
  /** Name of the file that it is saved as, without an ending. */
  name: string
}

const large = 256 << 10

/** A body by its kind: JSON as a tree, a form as its fields, pictures drawn, other bytes in hex. */
export function BodyView({ body, contentType, size = 0, name }: BodyViewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const content = useMemo(() => contentOf(body, contentType), [body, contentType])
  const [wanted, setWanted] = useState<ApiBody>(null)
  if (content.kind === 'empty') return <p className="muted">{size ? t('common:body.notKept', { size: format.bytes(size) }) : t('common:body.none')}</p>
  if (content.size > large && wanted !== body) {
    return (
      <div className="row">
        <Button onClick={() => setWanted(body)}>{t('common:body.show', { size: format.bytes(content.size) })}</Button>
        <Save content={content} name={name} />
      </div>
    )
  }
  const label = t('common:body.label')
  if (content.kind === 'json') return <JsonView text={content.text} label={label} file={`${name}.json`} maxHeight="60vh" />
  const raw = content.bytes ? <HexView bytes={content.bytes} label={label} /> : <RawText text={content.text} label={label} maxHeight="60vh" />
  return <TwoViews content={content} name={name} raw={raw} read={readable(content)} />
}

function readable(content: Content): ReactNode {
  if (content.kind === 'form') return <Pairs pairs={[...new URLSearchParams(content.text)]} />
  if (content.kind === 'image') return <Picture content={content} />
  return null
}

function TwoViews({ content, name, raw, read }: { content: Content; name: string; raw: ReactNode; read: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asRaw, setAsRaw] = useState(false)
  return (
    <>
      <div className="body-bar">
        {read && (
          <Segmented<boolean>
            size="small"
            aria-label={t('common:body.view')}
            value={asRaw}
            onChange={setAsRaw}
            options={[
              { value: false, label: t('common:body.read') },
              { value: true, label: content.bytes ? t('common:body.hex') : t('common:body.raw') },
            ]}
          />
        )}
        <span className="grow" />
        <span className="muted num">{format.bytes(content.size)}</span>
        {!content.bytes && <CopyButton text={content.text} />}
        <Save content={content} name={name} />
      </div>
      {asRaw || !read ? raw : read}
    </>
  )
}

function Picture({ content: { bytes, type } }: { content: Content }) {
  const { t } = useTranslation()
  const picture = useRef<HTMLImageElement>(null)
  useEffect(() => {
    if (!bytes || !picture.current) return
    const address = URL.createObjectURL(new Blob([bytes], { type }))
    picture.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [bytes, type])
  return <img ref={picture} className="body-picture" alt={t('common:body.picture')} />
}

function Save({ content, name }: { content: Content; name: string }) {
  const { t } = useTranslation()
  const ending = content.kind === 'image' ? content.type.split('/')[1] : content.bytes ? 'bin' : content.kind === 'json' ? 'json' : 'txt'
  const save = () => download(`${name}.${ending}`, content.bytes ?? content.text)
  return (
    <button type="button" className="icon-button" aria-label={t('common:body.save')} title={t('common:body.save')} onClick={save}>
      <Download size={14} />
    </button>
  )
}
