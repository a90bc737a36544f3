import { useEffect, useState } from 'react'

const beat = 500 // milliseconds

/** useNow is the time, which goes on only while something does. */
export function useNow(goes: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!goes) return
    const timer = setInterval(() => setNow(Date.now()), beat)
    return () => clearInterval(timer)
  }, [goes])
  return now
}
