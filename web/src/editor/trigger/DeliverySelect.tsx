import { Select } from 'antd'

import type { DeliveryItem } from '@/api/endpoint'
import { useFormat } from '@/components/format'
import { Status } from '@/components/Status'

interface DeliverySelectProps {
  items: DeliveryItem[]
  loading: boolean
  label: string
  value?: string
  onPick: (id: string) => void
}

/** One of the requests that came last. */
export function DeliverySelect({ items, loading, label, value, onPick }: DeliverySelectProps) {
  const format = useFormat()
  return (
    <Select
      aria-label={label}
      placeholder={label}
      loading={loading}
      value={value}
      popupMatchSelectWidth={false}
      options={items.map((item) => ({
        value: item.id,
        label: (
          <span className="row">
            <Status of={item.outcome} size={12} />
            <span className="mono">{item.method}</span>
            <span className="num">{format.ago(item.receivedAt)}</span>
            <span className="muted num">{format.bytes(item.bodySize)}</span>
          </span>
        ),
      }))}
      onChange={onPick}
    />
  )
}
