import './diff.css'

import { lazy, Suspense } from 'react'

const Changes = lazy(async () => ({ default: (await import('./Changes')).Changes }))

/** What differs between two values, by what it means: members by name, items of lists by what names them. */
export function JsonDiff(props: { before: unknown; after: unknown }) {
  return (
    <Suspense fallback={<div className="json-diff" aria-busy />}>
      <Changes {...props} />
    </Suspense>
  )
}
