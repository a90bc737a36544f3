import './charts.css'

const bar = 3
const height = 20

/** One step of a sparkline: how much, and how much of it went wrong. */
export interface Spark {
  all: number
  bad: number
}

/** A row of small bars; what went wrong stands at their feet in red. Its label says it in words. */
export function Sparkline({ points, label }: { points: Spark[]; label: string }) {
  const most = Math.max(...points.map((point) => point.all), 1)
  // Whatever was there is seen, however small beside the largest.
  const tall = (n: number) => (n === 0 ? 0 : Math.max(2, (n / most) * height))
  return (
    <svg className="spark" role="img" aria-label={label} width={points.length * bar} height={height} viewBox={`0 0 ${points.length * bar} ${height}`}>
      {points.map(({ all, bad }, i) => (
        // oxlint-disable-next-line react/no-array-index-key
        <g key={i}>
          <rect className="spark-none" x={i * bar} width={2} y={height - 1} height={1} />
          <rect className="spark-all" x={i * bar} width={2} y={height - tall(all)} height={tall(all)} />
          <rect className="spark-bad" x={i * bar} width={2} y={height - Math.min(tall(bad), tall(all))} height={Math.min(tall(bad), tall(all))} />
        </g>
      ))}
    </svg>
  )
}
