import { Collapse } from 'antd'
import type { ReactNode } from 'react'

/** Settings that few need; open at first where something in them is set. */
export function Fold({ label, open = false, children }: { label: string; open?: boolean; children: ReactNode }) {
  return <Collapse ghost size="small" className="trg-fold" defaultActiveKey={open ? ['in'] : []} items={[{ key: 'in', label, children: <div className="trg-folded">{children}</div> }]} />
}
