import 'uplot/dist/uPlot.min.css'

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'

import type { ChartSeries, TimeChartProps } from './TimeChart'

type Props = TimeChartProps & { height: number; onHover: (index: number | null) => void }

/** The chart itself, drawn on a canvas in the colours of our tokens. */
export function Plot(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const current = useRef(props)
  useEffect(() => {
    current.current = props
  })
  const { times, series, height } = props
  useEffect(() => {
    const element = box.current
    if (!element) return
    plot.current = new uPlot(optionsOf(element, current), numbersOf(current.current), element)
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.current?.destroy()
      plot.current = null
    }
  }, [height])
  useEffect(() => plot.current?.setData(numbersOf({ times, series })), [times, series])
  return <div ref={box} className="chart-plot" />
}

const numbersOf = ({ times, series }: Pick<Props, 'times' | 'series'>): uPlot.AlignedData => [times, ...series.map((one) => one.values)]

function optionsOf(element: HTMLElement, current: { current: Props }): uPlot.Options {
  const colour = (token: string) => getComputedStyle(element).getPropertyValue(`--${token}`).trim()
  const axis = { stroke: colour('muted'), grid: { stroke: colour('border'), width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(element).fontFamily}` }
  const { height, series } = current.current
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    padding: [8, 18, 0, 0],
    cursor: { drag: { x: Boolean(current.current.onBrush), y: false, setScale: false }, sync: { key: 'overview' }, points: { show: false }, y: false },
    scales: { x: { range: () => rangeOf(current.current) }, y: { range: (_, __, most) => [0, Math.max(most * 1.1, 1)] } },
    series: [{}, ...series.map((one) => look(one, colour(one.token), colour('surface')))],
    axes: [
      { ...axis, grid: { show: false }, space: 90, size: 28, values: (_, at) => at.map((seconds) => current.current.formatTime(seconds)) },
      { ...axis, size: 58, space: 36, ...(series.some((one) => one.as === 'bars') && { incrs: whole }), values: (_, at) => at.map((value) => current.current.format(value)) },
    ],
    hooks: {
      setCursor: [(u) => current.current.onHover(u.cursor.idx ?? null)],
      setSelect: [(u) => brushed(u, current.current)],
    },
  }
}

// Bars count things, of which there are no halves.
const whole = Array.from({ length: 30 }, (_, i) => ([1, 2, 5][i % 3] ?? 1) * 10 ** Math.floor(i / 3))

const rangeOf = ({ times, step }: Props): [number, number] => [times[0] ?? 0, (times.at(-1) ?? 0) + step]

function look({ as, label }: ChartSeries, colour: string, ground: string): uPlot.Series {
  if (as === 'line') return { label, stroke: colour, width: 1.5, points: { size: 4, fill: colour, show: true, filter: lonely } }
  const paths = uPlot.paths.bars?.({ align: 1, size: [0.8, 24], radius: 0.15 })
  return { label, stroke: colour, fill: `color-mix(in srgb, ${colour} 80%, ${ground})`, width: 0, points: { show: false }, paths }
}

/** lonely are the points without a neighbour, which no line shows. */
function lonely(u: uPlot, series: number): number[] {
  const values = u.data[series] ?? []
  const known = (i: number) => values[i] !== null && values[i] !== undefined
  return [...values.keys()].filter((i) => known(i) && !known(i - 1) && !known(i + 1))
}

function brushed(u: uPlot, { onBrush }: Props) {
  const { left, width } = u.select
  if (!onBrush || width < 4) return
  onBrush(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'))
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}
