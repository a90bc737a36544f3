import type { Field } from '@/api/collections'
import type { FileFormat, ImportFile, RowError } from '@/api/imports'
import { parse, type Json } from '@/components/json/lossless'

import { compact, textOf } from '../cell'
import { isMany, ownFields } from '../types'
import { readCsv, writeRow } from './csv'

/** A file that was chosen, as far as it is looked at. */
export interface Source {
  file: File
  format: FileFormat
  charset: string
  /** Names of the columns as the file has them. */
  header: string[]
  /** The first rows. */
  rows: string[][]
}

export const charsets = ['utf-8', 'gbk', 'big5', 'shift_jis', 'windows-1252', 'utf-16le'] as const

const shown = 5 // rows
const readable = 8 << 20 // bytes of a JSON list that is read to be shown

/** formatOf guesses what a file is from its name. */
export function formatOf(name: string): FileFormat {
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'jsonl'
  return /\.json$/i.test(name) ? 'json' : 'csv'
}

/** guessCharset tells UTF-8 from text of another charset, which here mostly is GBK. */
export async function guessCharset(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return 'gbk'
  }
}

/** openFile reads the beginning of a file. */
export async function openFile(file: File, format = formatOf(file.name), charset?: string): Promise<Source> {
  const chosen = charset ?? (format === 'json' ? 'utf-8' : await guessCharset(file))
  const decode = async (part: Blob) => new TextDecoder(chosen).decode(await part.arrayBuffer())
  const source = { file, format, charset: chosen }
  if (format === 'csv') {
    const { header, rows } = readCsv(await decode(file.slice(0, 1 << 20)), shown)
    return { ...source, header, rows }
  }
  if (format === 'json' && file.size > readable) return { ...source, header: [], rows: [] }
  const text = await decode(format === 'json' ? file : file.slice(0, 1 << 20))
  const list = format === 'json' ? parse(text) : null
  const items = format === 'json' ? (list?.type === 'array' ? list.items : []) : text.split('\n').filter((line) => line.trim()).slice(0, shown).flatMap((line) => parse(line) ?? [])
  return { ...source, ...table(items.slice(0, shown)) }
}

/** table is objects as rows under all their names. */
function table(items: Json[]) {
  const objects = items.map((item) => new Map(item.type === 'object' ? item.members : []))
  const header = [...new Set(objects.flatMap((object) => [...object.keys()]))]
  const cell = (json: Json | undefined) => (json?.type === 'object' || json?.type === 'array' ? compact(json) : textOf(json))
  return { header, rows: objects.map((object) => header.map((name) => cell(object.get(name)))) }
}

/** Which field each column of a file goes to; "" is left out. */
export type Mapping = string[]

/** settable are the fields that an import can fill. */
export const settable = (fields: readonly Field[]) => fields.filter((field) => !isMany(field))

/** mappingOf finds the fields that columns are called after, by name or title, in any case. */
export function mappingOf(header: readonly string[], fields: readonly Field[]): Mapping {
  const taken = new Set<string>()
  return header.map((cell) => {
    const wanted = cell.trim().replace(/^'(?=[=+\-@\t\r'])/, '').toLowerCase()
    const found = settable(fields).find(({ name, title }) => (name.toLowerCase() === wanted || title?.toLowerCase() === wanted) && !taken.has(name))
    if (found) taken.add(found.name)
    return found?.name ?? ''
  })
}

/** strangers are the names of a JSON file that are no field: the server refuses rows that have them. */
export function strangers(header: readonly string[], fields: readonly Field[]): string[] {
  const known = new Set([...fields, ...ownFields].map(({ name }) => name))
  return header.filter((name) => !known.has(name))
}

/** toSend is the file with its columns called after the fields that they go to. */
export async function toSend({ file, format, charset, header }: Source, mapping: Mapping, upsertBy: string | undefined): Promise<ImportFile> {
  const options = { format, ...(upsertBy && { upsertBy }) }
  const asItIs = format !== 'csv' || header.every((cell, index) => cell === mapping[index])
  if (asItIs) return { ...options, content: file, ...(charset !== 'utf-8' && format !== 'json' && { charset }) }
  const text = new TextDecoder(charset).decode(await file.arrayBuffer())
  return { ...options, content: new Blob([writeRow(mapping), text.slice(readCsv(text, 0).end)]) }
}

/** reportOf is a CSV file of the rows that were refused, and why. */
export const reportOf = (errors: readonly RowError[]) =>
  `\ufeff${writeRow(['row', 'line', 'field', 'problem'])}${errors.map(({ row, line, field, detail }) => writeRow([row, line ?? '', harmless(field ?? ''), harmless(detail)])).join('')}`

// A spreadsheet takes such cells for formulas.
const harmless = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
