import { useStore, ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'

import { rounded, type Layout, type Line } from '@/flow/layout'

/** Lines are drawn by squares of this size, so that panning draws anew only now and then. */
const square = 800

interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

/** The lines and frames of a flow, behind its cards: those that are on the screen or near it. */
export function Lines({ layout, taken }: { layout: Layout; taken: ReadonlySet<string> | undefined }) {
  const near = useNear()
  const drawn = useMemo(() => layout.lines.map((line) => ({ line, path: rounded(line.points), bounds: boundsOf(line) })), [layout])
  const lines = drawn.filter(({ bounds }) => touch(bounds, near))
  const frames = layout.frames.filter((frame) => touch({ left: frame.x, top: frame.y, right: frame.x + frame.width, bottom: frame.y + frame.height }, near))
  const order = taken ? lines.toSorted((a, b) => Number(taken.has(a.line.id)) - Number(taken.has(b.line.id))) : lines
  return (
    <ViewportPortal>
      <svg className="fc-lines" aria-hidden>
        {frames.map((frame) => (
          <rect key={frame.id} className="fc-frame" x={frame.x} y={frame.y} width={frame.width} height={frame.height} rx={14} />
        ))}
        {order.map(({ line, path }) => (
          <path key={line.id} d={path} className={taken ? (taken.has(line.id) ? 'fc-taken' : 'fc-untaken') : undefined} />
        ))}
      </svg>
    </ViewportPortal>
  )
}

/** useNear is the part of the canvas on the screen, widened to whole squares. */
function useNear(): Bounds {
  const text = useStore(({ transform: [x, y, zoom], width, height }) => {
    const floor = (n: number) => Math.floor(n / square) * square
    return [floor(-x / zoom), floor(-y / zoom), floor((width - x) / zoom) + square, floor((height - y) / zoom) + square].join()
  })
  return useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = text.split(',').map(Number)
    return { left, top, right, bottom }
  }, [text])
}

function boundsOf({ points }: Line): Bounds {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

const touch = (a: Bounds, b: Bounds) => a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top
