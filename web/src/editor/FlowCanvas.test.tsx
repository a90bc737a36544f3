import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'

import { sample, types } from '@/flow/fixture'

import { FlowCanvas } from './FlowCanvas'

const edit = () => ({ insert: vi.fn(), menu: vi.fn(), move: vi.fn(), shift: vi.fn(), remove: vi.fn() })

// The canvas has no size where nothing is laid out, so that React Flow draws all of it.
describe('FlowCanvas', () => {
  it('has a card for each node, with its problems and what it does', () => {
    render(<FlowCanvas document={sample()} nodeTypes={types} selected="first" onSelect={() => undefined} problems={[{ node: 'first', pointer: '', code: 'required', values: {}, level: 'error' }]} />)
    const first = screen.getByRole('button', { name: /POST https:\/\/example\.com/ })
    expect(first).toHaveAttribute('aria-pressed', 'true')
    expect(first).toHaveTextContent('1 problem')
    expect(screen.queryByRole('button', { name: /Add a step/ })).toBeNull()
  })

  it('shows what became of the nodes in words', () => {
    render(<FlowCanvas document={sample()} nodeTypes={types} selected={null} onSelect={() => undefined} states={{ first: { status: 'error', error: 'refused', durationMs: 12 } }} />)
    expect(screen.getByTitle('Error: refused')).toHaveTextContent('12 ms')
  })

  it('is travelled and edited by keys', () => {
    const can = edit()
    const onSelect = vi.fn()
    render(<FlowCanvas document={sample()} nodeTypes={types} selected={null} onSelect={onSelect} edit={can} />)
    const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
    document.querySelector<HTMLElement>('[data-node][tabindex="0"]')?.focus()
    expect(document.activeElement).toHaveAttribute('data-node', '$trigger')
    press('ArrowDown')
    press('Enter')
    expect(onSelect).toHaveBeenLastCalledWith('first')
    press('a')
    expect(can.insert).toHaveBeenLastCalledWith({ branch: [], index: 1 }, document.activeElement)
    press('ArrowDown', { shiftKey: true })
    expect(can.shift).toHaveBeenLastCalledWith('first', 1)
    press('Delete')
    expect(can.remove).toHaveBeenLastCalledWith('first')
    press('Delete', { isComposing: true })
    expect(can.remove).toHaveBeenCalledTimes(1)
  })

  it('names every place where a step can be added', () => {
    const can = edit()
    render(<FlowCanvas document={sample()} nodeTypes={types} selected={null} onSelect={() => undefined} edit={can} />)
    fireEvent.click(screen.getByRole('button', { name: 'Add a step here: false' }))
    expect(can.insert).toHaveBeenLastCalledWith({ branch: [['is_main', 'false']], index: 0 }, expect.anything())
  })
})
