import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'

import type { Schema } from '@/api/catalogue'

import { kindOf } from './kind'
import { resolved } from './plan'
import { SchemaForm, type SchemaFormProps } from './SchemaForm'
import { widgets } from './widgets'

vi.mock('@/components/code/Code', () => {
  const Field = ({ value, onChange, label, readOnly, placeholder }: { value: string; onChange?: (text: string) => void; label: string; readOnly?: boolean; placeholder?: string }) => (
    <textarea aria-label={label} value={value} readOnly={readOnly} placeholder={placeholder} onChange={(event) => onChange?.(event.target.value)} />
  )
  return { Code: Field, Template: Field, CodeDiff: () => null }
})

vi.mock('@/api/options', () => {
  const none = () => ({ data: [] })
  return { useCollectionOptions: none, useChannelOptions: none, useWorkflowOptions: none, useEnvOptions: none, useSaveEnv: vi.fn() }
})
vi.mock('@/api/session', () => ({ useMay: () => true }))
vi.mock('@/api/catalogue', () => ({ useSchemes: () => ({ data: [], isPending: false }) }))

// What the server sends: generated from its code.
const schemas = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/reference/schemas.json'), 'utf8')) as Record<string, Schema>
const schemaOf = (name: string) => schemas[name] ?? {}

function Form({ onChange, value, ...props }: SchemaFormProps) {
  const [current, setCurrent] = useState(value)
  return (
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <SchemaForm
        {...props} value={current}
        onChange={(next) => {
          setCurrent(next)
          onChange(next)
        }}
      />
    </QueryClientProvider>
  )
}

function show(schema: Schema, value: Record<string, unknown> = {}, props: Partial<SchemaFormProps> = {}) {
  const onChange = vi.fn<(next: Record<string, unknown>) => void>()
  render(<Form schema={schema} value={value} onChange={onChange} {...props} />)
  return { onChange, user: userEvent.setup() }
}

/** kindsIn names the widgets that a schema asks for, at any depth. */
function kindsIn(schema: Schema, root: Schema, seen = new Set<string>()): string[] {
  if (schema.$ref && seen.has(schema.$ref)) return []
  const at = resolved(schema, root)
  const below = new Set([...seen, schema.$ref ?? ''])
  const kind = kindOf(at)
  if (schema !== root && kind !== 'object' && kind !== 'rows') return [kind]
  return [kind, ...Object.values(at.properties ?? {}).flatMap((inner) => [...(inner['x-together'] ? [inner['x-together']] : kindsIn(inner, root, below))]), ...(at.items ? kindsIn(at.items, root, below) : [])]
}

describe('every schema of the server', () => {
  it.each(Object.keys(schemas).filter((name) => name !== 'workflow'))('%s asks for widgets that there are', (name) => {
    expect(kindsIn(schemaOf(name), schemaOf(name)).filter((kind) => !(kind in widgets))).toEqual([])
  })

  it.each(Object.keys(schemas).filter((name) => name.startsWith('node ')))('%s has a form', (name) => {
    show(schemaOf(name))
    fireEvent.click(screen.queryByText('More settings') ?? document.body)
    for (const folded of screen.queryAllByText('Not set')) fireEvent.click(folded)
    expect(screen.queryByTestId('unknown-widget')).toBeNull()
  })

  it('has options of workflows', () => {
    show(schemaOf('workflow').properties?.options ?? {})
    expect(screen.queryByTestId('unknown-widget')).toBeNull()
    expect(screen.getByRole('textbox', { name: 'Concurrency' })).toBeVisible()
  })
})

describe('a form', () => {
  it('edits one field and leaves the others', async () => {
    const { onChange, user } = show(schemaOf('node request'), { method: 'POST', url: 'https://a' })
    await user.type(screen.getByRole('textbox', { name: 'URL' }), 'b')
    expect(onChange).toHaveBeenLastCalledWith({ method: 'POST', url: 'https://ab' })
  })

  it('takes an emptied field away', async () => {
    const { onChange, user } = show(schemaOf('node end'), {})
    expect(onChange).not.toHaveBeenCalled()
    const { onChange: second } = show({ type: 'object', properties: { name: { title: 'Name', type: 'string' } } }, { name: 'x' })
    await user.clear(screen.getByRole('textbox', { name: 'Name' }))
    expect(second).toHaveBeenLastCalledWith({})
  })

  it('shows only the fields that apply', async () => {
    show(schemaOf('node request').properties?.auth ?? {}, { type: 'bearer' })
    expect(screen.getByText('Token')).toBeVisible()
    expect(screen.queryByText('Username')).toBeNull()
  })

  it('changes between ways to say something', async () => {
    const { onChange, user } = show(schemaOf('node condition'), { left: 'a', op: 'empty' })
    await user.click(screen.getByText('Expression'))
    expect(onChange).toHaveBeenLastCalledWith({})
    await user.type(screen.getByRole('textbox', { name: 'Expression' }), '1')
    expect(onChange).toHaveBeenLastCalledWith({ expression: '1' })
  })

  it('shows what is wrong at the field, and opens what hides it', () => {
    show(schemaOf('node request'), { url: 'https://a' }, { problems: [{ pointer: '/tls/ca', text: 'is no certificate' }, { pointer: '/url', text: 'is not reachable' }] })
    expect(screen.getByText('is no certificate')).toBeVisible()
    const field = screen.getByRole('group', { name: 'URL' })
    expect(within(field).getByRole('alert')).toHaveTextContent('is not reachable')
  })

  it('can be read only', () => {
    show(schemaOf('node create'), { collection: 'a', values: { x: '1' } }, { readOnly: true })
    expect(screen.queryByRole('button', { name: /Add/ })).toBeNull()
    expect(screen.queryByRole('button', { name: /Insert a variable/ })).toBeNull()
  })

  it('keeps a value that it has no widget for', async () => {
    const { onChange, user } = show({ type: 'object', properties: { odd: { title: 'Odd', 'x-ui': 'from-the-future' } } }, { odd: [1] })
    await user.clear(screen.getByRole('textbox', { name: 'Odd' }))
    await user.type(screen.getByRole('textbox', { name: 'Odd' }), '[[2]')
    expect(onChange).toHaveBeenLastCalledWith({ odd: [2] })
  })
})
