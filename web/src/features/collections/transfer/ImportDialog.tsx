import { Button, Modal, Select } from 'antd'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Collection } from '@/api/collections'
import { useCheckImport, useStartImport, type FileFormat } from '@/api/imports'
import { useFormat } from '@/components/format'
import { Shown } from '@/components/json/Shown'

import { Failure } from '../Failure'
import { useFieldTitle } from '../FieldName'
import { Preview } from './Preview'
import { RowErrors } from './RowErrors'
import { charsets, mappingOf, openFile, toSend, type Mapping, type Source } from './source'

/** Records from a file: looked at, checked row by row, and then taken in. */
export function ImportDialog({ collection, onClose }: { collection: Collection; onClose: () => void }) {
  const { t } = useTranslation()
  const [source, setSource] = useState<Source>()
  const [mapping, setMapping] = useState<Mapping>([])
  const [upsertBy, setUpsertBy] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const check = useCheckImport(collection.name)
  const start = useStartImport(collection.name)
  const open = async (file: File, format?: FileFormat, charset?: string) => {
    check.reset()
    setFailure(undefined)
    try {
      const read = await openFile(file, format, charset)
      setSource(read)
      setMapping(mappingOf(read.header, collection.fields))
    } catch (error) {
      setFailure(error)
    }
  }
  const send = async (go: typeof check.mutate | typeof start.mutate, onSuccess?: () => void) => source && go(await toSend(source, mapping, upsertBy), { onSuccess })
  const report = check.data
  return (
    <Modal
      open
      className="collections-modal"
      width={880}
      title={t('collections:import.title', { name: collection.title || collection.name })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t('collections:cancel')}</Button>,
        source && <Button key="check" loading={check.isPending} onClick={() => void send(check.mutate)}>{t('collections:import.check')}</Button>,
        <Button key="start" type="primary" disabled={!report || report.valid === 0} loading={start.isPending} onClick={() => void send(start.mutate, onClose)}>
          {report ? t('collections:import.start', { count: report.valid }) : t('collections:import.button')}
        </Button>,
      ]}
    >
      <div className="collections-dialog">
        <Choose source={source} onFile={(file) => void open(file)} />
        {source && (
          <>
            <div className="row collections-import-bar">
              <Pick label={t('collections:import.format')} value={source.format} onChange={(format) => void open(source.file, format as FileFormat)} options={(['csv', 'json', 'jsonl'] as const).map((value) => ({ value, label: t(`collections:format.${value}`) }))} />
              {source.format !== 'json' && <Pick label={t('collections:import.charset')} value={source.charset} onChange={(charset) => void open(source.file, source.format, charset)} options={charsets.map((value) => ({ value, label: value.toUpperCase() }))} />}
              <Upsert collection={collection} value={upsertBy} onChange={(field) => (check.reset(), setUpsertBy(field))} />
            </div>
            <Preview source={source} mapping={mapping} fields={collection.fields} onMapping={(next) => (check.reset(), setMapping(next))} />
          </>
        )}
        {report && (
          <div role="status" className="collections-report" data-good={report.errors.length === 0 || undefined}>
            <p>{t(report.errors.length === 0 ? 'collections:import.good' : 'collections:import.some', { count: report.rows, valid: report.valid })}</p>
            <RowErrors errors={report.errors} failed={report.rows - report.valid} file={`${collection.name}-problems.csv`} />
          </div>
        )}
        <Failure error={failure ?? check.error ?? start.error} />
      </div>
    </Modal>
  )
}

function Choose({ source, onFile }: { source: Source | undefined; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    // The input inside is what the keyboard and screen readers use; a file may also be dropped here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <label
      className="collections-drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const [file] = event.dataTransfer.files
        if (file) onFile(file)
      }}
    >
      <FileUp size={18} aria-hidden />
      {source ? (
        <span>
          <Shown text={source.file.name} /> <span className="muted num">{format.bytes(source.file.size)}</span>
        </span>
      ) : (
        <span>{t('collections:import.choose')}</span>
      )}
      <input
        type="file"
        accept=".csv,.json,.jsonl,.ndjson,.txt"
        className="sr-only"
        aria-label={t('collections:import.choose')}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
    </label>
  )
}

interface PickProps {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string }[]
}

function Pick({ label, value, onChange, options }: PickProps) {
  return (
    <label className="row">
      <span className="muted">{label}</span>
      <Select size="small" aria-label={label} value={value} onChange={onChange} options={options} popupMatchSelectWidth={false} />
    </label>
  )
}

function Upsert({ collection, value, onChange }: { collection: Collection; value: string | undefined; onChange: (field: string | undefined) => void }) {
  const { t } = useTranslation()
  const titleOf = useFieldTitle()
  const unique = collection.fields.filter((field) => field.unique)
  if (unique.length === 0) return null
  const options = [{ value: '', label: t('collections:import.onlyNew') }, ...unique.map((field) => ({ value: field.name, label: t('collections:import.by', { field: titleOf(field) }) }))]
  return <Pick label={t('collections:import.existing')} value={value ?? ''} onChange={(field) => onChange(field || undefined)} options={options} />
}
