import { Button, Skeleton, Tabs } from 'antd'
import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Collection } from '@/api/collections'
import { useRecord } from '@/api/records'
import { CopyButton } from '@/components/CopyButton'
import { ErrorState } from '@/components/ErrorState'
import { Shown } from '@/components/json/Shown'

import { textOf } from '../cell'
import { naming } from '../types'
import { History } from './History'
import { RecordForm } from './RecordForm'
import { WrittenBy } from './WrittenBy'

interface Props {
  collection: Collection
  /** Of the record; "new" makes one. */
  id: string
  onClose: () => void
  onMade: (id: string) => void
}

/** A record with all its fields, and who wrote what into it. */
export function RecordPane({ collection, id, onClose, onMade }: Props) {
  const { t } = useTranslation()
  if (id === 'new') {
    return (
      <>
        <PaneHead title={t('collections:record.new')} onClose={onClose} />
        <div className="collections-scroll">
          <div className="collections-pane">
            <RecordForm collection={collection} onMade={onMade} />
          </div>
        </div>
      </>
    )
  }
  return <Existing collection={collection} id={id} onClose={onClose} />
}

function Existing({ collection, id, onClose }: Omit<Props, 'onMade'>) {
  const { t } = useTranslation()
  const record = useRecord(collection.name, id)
  const name = naming(collection.fields)
  const title = (name && record.data && textOf(record.data.values.get(name.name)).slice(0, 80)) || id
  return (
    <>
      <PaneHead title={title} onClose={onClose}>
        <span className="mono muted">{id}</span>
        <CopyButton text={id} label={t('collections:record.copyId')} />
      </PaneHead>
      <Tabs
        className="collections-tabs"
        defaultActiveKey={record.isError ? 'history' : 'fields'}
        items={[
          {
            key: 'fields',
            label: t('collections:record.fields'),
            children: (
              <div className="collections-pane">
                {record.isError && <ErrorState error={record.error} onRetry={() => void record.refetch()} />}
                {record.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
                {record.data && (
                  <>
                    <WrittenBy collection={collection.name} id={id} />
                    <RecordForm key={id} collection={collection} row={record.data} onDeleted={onClose} />
                  </>
                )}
              </div>
            ),
          },
          { key: 'history', label: t('collections:record.history'), children: <History collection={collection} id={id} /> },
        ]}
      />
    </>
  )
}

function PaneHead({ title, onClose, children }: { title: string; onClose: () => void; children?: ReactNode }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <header className="collections-pane-head">
      <h2 className="cut grow" ref={heading} tabIndex={-1}><Shown text={title} /></h2>
      {children}
      <Button type="text" size="small" icon={<X size={16} />} aria-label={t('collections:close')} title={t('collections:close')} onClick={onClose} />
    </header>
  )
}
