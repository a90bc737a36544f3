import { describe, expect, it } from 'vitest'

import { flow, large, node, sample, types } from './fixture'
import { layout, rounded, type Item } from './layout'
import { taken } from './overlay'

const overlaps = (a: Item, b: Item) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const at = (items: Item[], id: string) => items.find((item) => item.id === id) ?? { x: NaN, y: NaN, width: NaN, height: NaN }

describe('layout', () => {
  it('lets nothing lie on anything else', () => {
    const { items } = layout(sample(), types)
    for (const [i, a] of items.entries()) for (const b of items.slice(i + 1)) expect(overlaps(a, b) ? `${a.id} ${b.id}` : '').toBe('')
  })

  it('puts a list in a column and branches side by side, joined below the longest', () => {
    const { items } = layout(sample(), types)
    expect(at(items, 'first').x).toBe(at(items, '$trigger').x)
    expect(at(items, 'last').y).toBeGreaterThan(at(items, 'each').y)
    expect(at(items, 'kind').x).toBeLessThan(at(items, 'is_main/false+').x)
    expect(at(items, 'each').y).toBeGreaterThan(at(items, 'in_a').y)
  })

  it('leads a line to each node and from each end of a branch, all of right angles', () => {
    const { lines } = layout(sample(), types)
    expect(lines.filter((line) => line.to !== undefined).map((line) => line.to).toSorted()).toEqual(['each', 'first', 'in_a', 'is_main', 'item', 'kind', 'last'])
    expect(lines.filter((line) => line.through).map((line) => line.through)).toEqual(['b', 'otherwise', 'false'])
    for (const { points } of lines) for (const [i, [x, y]] of points.slice(1).entries()) expect(x === points[i]?.[0] || y === points[i]?.[1]).toBe(true)
  })

  it('frames blocks, and only those, around what is in them', () => {
    const { frames, items } = layout(sample(), types)
    expect(frames.map((frame) => frame.id)).toEqual(['each'])
    const [frame] = frames
    const inner = at(items, 'item')
    expect(frame && inner.x >= frame.x && inner.x + inner.width <= frame.x + frame.width && inner.y + inner.height <= frame.y + frame.height).toBe(true)
  })

  it('shows the branches that a node has now', () => {
    const labels = (...nodes: Parameters<typeof flow>) => layout(flow(...nodes), types).items.filter((item) => item.kind === 'label').map((item) => item.id)
    expect(labels(node('a', 'condition', { config: { mode: 'continue' } }))).toEqual([])
    expect(labels(node('a', 'set', { onError: 'branch' }))).toEqual(['a/error'])
    expect(labels(node('a', 'parallel', { branches: { x: [], y: [] } }))).toEqual(['a/x', 'a/y'])
  })

  it('leads nothing on from an end', () => {
    const { lines } = layout(flow(node('a', 'end'), node('b')), types)
    expect(lines.map((line) => line.to)).toEqual(['a', undefined])
  })

  it('places a thousand nodes', () => {
    const { items } = layout(large(834), types)
    expect(items.filter((item) => item.kind === 'card')).toHaveLength(834 + 84 * 2)
  })

  it('rounds corners no more than the lines are long', () => {
    expect(rounded([[0, 0], [0, 4], [10, 4]])).toBe('M0 0L0 2Q0 4 2 4L10 4')
  })
})

describe('overlay', () => {
  const state = (status: string) => ({ status })

  it('follows an execution through the branch that it took', () => {
    const document = layout(sample(), types)
    const lines = taken(document, { first: state('succeeded'), is_main: state('succeeded'), each: state('error'), item: state('error') })
    expect([...lines].toSorted()).toEqual(['>each', '>first', '>is_main', '>item', 'is_main/false'])
  })

  it('takes nothing when nothing ran', () => {
    expect(taken(layout(sample(), types), {}).size).toBe(0)
  })
})
