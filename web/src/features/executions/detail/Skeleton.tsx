import { Skeleton as Bones } from 'antd'
import { useEffect, useState } from 'react'

const patience = 150 // milliseconds

/** What stands where something is being read, once that takes longer than a moment. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return late ? <Bones active paragraph={{ rows }} style={{ padding: 20 }} /> : null
}
