import { Link } from '@tanstack/react-router'
import { Check, Minus, Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'
import { fileAddress, type RecordRow } from '@/api/records'
import type { Json } from '@/components/json/lossless'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

import { compact, fileOf, isWeb, textOf } from '../cell'
import { isMany, isNumeric } from '../types'

/** Characters of a text that a cell draws; there is no room for more. */
const most = 160

/** What a record has in a field, in one line. It may come from anybody. */
export function Cell({ field, row, label }: { field: Field; row: RecordRow; label?: string }) {
  const json = row.values.get(field.name)
  if (isMany(field)) return <Many field={field} id={row.id} />
  if (!json || json.type === 'null') return null
  if (label) return <span className="collections-chip"><Shown text={label.slice(0, most)} /></span>
  return <Plain field={field} json={json} />
}

function Plain({ field, json }: { field: Field; json: Json }) {
  const text = json.type === 'object' || json.type === 'array' ? compact(json, most) : textOf(json).slice(0, most).replaceAll(/\s*\n\s*/g, ' ↵ ')
  if (field.type === 'boolean') return <YesNo yes={text === 'true'} />
  if (field.type === 'datetime' && !Number.isNaN(Date.parse(text))) return <Time at={text} />
  if (field.type === 'select') return <span className="collections-chip"><Shown text={text} /></span>
  if (field.type === 'url' && isWeb(textOf(json))) return <OutLink address={textOf(json)} />
  if (field.type === 'file') return <FileLink json={json} />
  const mono = isNumeric(field) || ['json', 'id', 'uuid', 'relation', 'date'].includes(field.type)
  return <span className={mono ? 'mono' : undefined}><Shown text={field.type === 'json' && json.type === 'string' ? JSON.stringify(text) : text} /></span>
}

function YesNo({ yes }: { yes: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="row collections-bool" data-yes={yes || undefined}>
      {yes ? <Check size={13} aria-hidden /> : <Minus size={13} aria-hidden />}
      {t(yes ? 'collections:yes' : 'collections:no')}
    </span>
  )
}

/** A link to an address that a record holds. */
export function OutLink({ address }: { address: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" tabIndex={-1} title={address.slice(0, 500)}>
      <Shown text={address.slice(0, most)} />
    </a>
  )
}

/** The file of a record, to be downloaded. */
export function FileLink({ json }: { json: Json | undefined }) {
  const file = fileOf(json)
  if (!file) return null
  return (
    <a href={fileAddress(file.id)} download={file.filename} className="row" tabIndex={-1}>
      <Paperclip size={12} aria-hidden />
      <Shown text={(file.filename || file.id).slice(0, most)} />
    </a>
  )
}

// Of a relation of kind many the records are only led to: there may be any number.
function Many({ field, id }: { field: Field; id: string }) {
  const { t } = useTranslation()
  const { collection, field: back } = field.options ?? {}
  if (!collection || !back) return null
  const filter = JSON.stringify({ all: [{ field: back, op: 'equals', value: id }] })
  return (
    <Link to="/collections/$name" params={{ name: collection }} search={{ filter }} tabIndex={-1}>
      {t('collections:grid.related')}
    </Link>
  )
}
