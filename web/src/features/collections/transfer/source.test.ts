import { describe, expect, it } from 'vitest'

import type { Field } from '@/api/collections'

import { readCsv, writeRow } from './csv'
import { formatOf, guessCharset, mappingOf, openFile, reportOf, strangers, toSend } from './source'

const fields: Field[] = [
  { name: 'name', type: 'string', title: '姓名' },
  { name: 'age', type: 'integer', title: 'Age' },
  { name: 'all', type: 'relation', options: { collection: 'x', kind: 'many', field: 'y' } },
]

describe('readCsv', () => {
  it.each([
    ['a,b\n1,2\n3,4', [['a', 'b'], ['1', '2'], ['3', '4']]],
    ['"a,""x""",b\r\n"1\n2",\r\n', [['a,"x"', 'b'], ['1\n2', '']]],
    ['\ufeffa\n\n1\n', [['a'], ['1']]],
    ['a', [['a']]],
    ['"open', [['open']]],
  ])('reads %j', (text, [header, ...rows]) => expect(readCsv(text, 9)).toMatchObject({ header, rows }))

  it('stops after the rows that are wanted', () => expect(readCsv('a\n1\n2\n3', 2).rows).toHaveLength(2))
  it('reads what it wrote', () => {
    const cells = ['a', 'b,c', 'd"e', 'f\ng', '']
    expect(readCsv(writeRow(cells), 0).header).toEqual(cells)
  })
})

it('finds fields by name and title, each once', () => {
  expect(mappingOf(['Name', '姓名', ' AGE ', 'all', 'x'], fields)).toEqual(['name', '', 'age', '', ''])
  expect(strangers(['name', 'id', 'other'], fields)).toEqual(['other'])
})

it('sends a file with its columns called after the fields', async () => {
  const source = await openFile(new File(['姓名,x,y\n张三,1,2\n'], 'people.csv'))
  expect(source).toMatchObject({ format: 'csv', charset: 'utf-8', header: ['姓名', 'x', 'y'], rows: [['张三', '1', '2']] })
  const sent = await toSend(source, ['name', '', 'age'], 'name')
  expect(await sent.content.text()).toBe('name,,age\r\n张三,1,2\n')
  expect(sent).toMatchObject({ format: 'csv', upsertBy: 'name' })
})

it('leaves a file alone whose columns fit', async () => {
  const file = new File(['name,age\na,1\n'], 'people.csv')
  expect((await toSend(await openFile(file), ['name', 'age'], undefined)).content).toBe(file)
})

it('knows what a file is', async () => {
  expect([formatOf('a.CSV'), formatOf('a.ndjson'), formatOf('a.JSON')]).toEqual(['csv', 'jsonl', 'json'])
  expect(await guessCharset(new Blob([new Uint8Array([0xd5, 0xc5, 0xc8, 0xfd])]))).toBe('gbk')
  const lines = await openFile(new File(['{"name":"a","n":12345678901234567890}\n{"age":1}\n'], 'x.jsonl'))
  expect(lines).toMatchObject({ header: ['name', 'n', 'age'], rows: [['a', '12345678901234567890', ''], ['', '', '1']] })
})

it('reports bad rows without formulas', () => {
  expect(reportOf([{ row: 1, line: 2, field: '=x', detail: 'a,b' }])).toBe('\ufeffrow,line,field,problem\r\n1,2,\'=x,"a,b"\r\n')
})
