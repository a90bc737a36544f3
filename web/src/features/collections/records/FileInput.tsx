import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Paperclip, Trash2, Upload } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { fileAddress, uploadFile } from '@/api/records'
import { useFormat } from '@/components/format'
import { from, parse, write } from '@/components/json/lossless'
import { Shown } from '@/components/json/Shown'

import { fileOf } from '../cell'
import { Failure } from '../Failure'

interface Props {
  id: string
  /** The file as JSON text; "" for none. */
  value: string
  onChange: (value: string) => void
  readOnly: boolean
}

/** The file of a record: downloaded, replaced, taken away. */
export function FileInput({ id, value, onChange, readOnly }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: uploadFile,
    onSuccess: ({ id: file, filename, contentType, size }) => onChange(write(from({ id: file, filename, contentType, size }))),
  })
  const file = fileOf(parse(value) ?? undefined)
  return (
    <div className="collections-file">
      {file && (
        <span className="row">
          <a href={fileAddress(file.id)} download={file.filename} className="row">
            <Paperclip size={13} aria-hidden />
            <Shown text={file.filename || file.id} />
          </a>
          <span className="muted num">{`${format.bytes(file.size)} · ${file.contentType.slice(0, 60)}`}</span>
          {!readOnly && (
            <button type="button" className="icon-button" aria-label={t('collections:file.remove')} title={t('collections:file.remove')} onClick={() => onChange('')}>
              <Trash2 size={13} />
            </button>
          )}
        </span>
      )}
      {!file && readOnly && <span className="muted">{t('collections:record.noValue')}</span>}
      {!readOnly && (
        <>
          <Button id={id} size="small" icon={<Upload size={13} />} loading={upload.isPending} onClick={() => input.current?.click()}>
            {t(file ? 'collections:file.replace' : 'collections:file.choose')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('collections:file.choose')}
            onChange={(event) => {
              const [chosen] = event.target.files ?? []
              if (chosen) upload.mutate(chosen)
              event.target.value = ''
            }}
          />
        </>
      )}
      <Failure error={upload.error} />
    </div>
  )
}
