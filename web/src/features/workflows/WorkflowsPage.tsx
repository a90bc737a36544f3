import './workflows.css'

import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { Workflow } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay } from '@/api/session'
import { useWorkflows, type WorkflowFilter, type WorkflowItem } from '@/api/workflows'
import { useTopBar } from '@/app/topbar'
import { EmptyState } from '@/components/EmptyState'
import { ErrorState } from '@/components/ErrorState'

import { BulkBar } from './BulkBar'
import { Failure } from './Failure'
import { Filters } from './Filters'
import { NewDialogs } from './new/NewDialogs'
import { NewMenu } from './new/NewMenu'
import { WorkflowTable } from './WorkflowTable'

/** All workflows: how each does, and what can be done with them. */
export function WorkflowsPage() {
  const { t } = useTranslation()
  const { q, tag } = useSearch({ from: '/shell/workflows' })
  const editor = useMay('editor')
  useTopBar(<h1>{t('workflows:title')}</h1>, editor ? <NewMenu /> : null, [t, editor])
  return (
    <div className="content workflows">
      <Workflows filter={{ q: q || undefined, tag: tag || undefined }} />
      {editor && <NewDialogs />}
    </div>
  )
}

function Workflows({ filter }: { filter: WorkflowFilter }) {
  const list = useWorkflows(filter)
  const [selected, setSelected] = useState<string[]>([])
  const [failure, setFailure] = useState<unknown>(null)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const chosen = items.filter((item) => selected.includes(item.key))
  const filtered = Boolean(filter.q || filter.tag)
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (list.data && items.length === 0 && !filtered) return <NoWorkflows />
  return (
    <>
      {chosen.length > 0 ? (
        <BulkBar workflows={chosen} onFailure={setFailure} onDone={() => setSelected([])} />
      ) : (
        <Filters filter={filter} tags={tagsOf(items)} />
      )}
      <Failure error={failure} onClose={() => setFailure(null)} />
      {list.data && items.length === 0 ? (
        <NothingFound />
      ) : (
        <WorkflowTable workflows={list.data && items} selected={selected} onSelect={setSelected} onFailure={setFailure} stale={list.isPlaceholderData} />
      )}
      {list.hasNextPage && <More loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} />}
    </>
  )
}

const tagsOf = (items: WorkflowItem[]) => [...new Set(items.flatMap((item) => item.tags))].toSorted((a, b) => a.localeCompare(b))

function More({ loading, onClick }: { loading: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="workflows-more">
      <Button loading={loading} onClick={onClick}>
        {t('workflows:more')}
      </Button>
    </div>
  )
}

function NoWorkflows() {
  const { t } = useTranslation()
  const editor = useMay('editor')
  const navigate = useNavigate()
  const choose = (what: string) => void navigate({ to: '/workflows', search: { new: what } })
  return (
    <EmptyState icon={<Workflow size={28} />} title={t('workflows:empty.title')} text={t('workflows:empty.text')}>
      {editor && (
        <>
          <Button type="primary" onClick={() => choose('provider')}>
            {t('workflows:new.provider')}
          </Button>
          <Button onClick={() => choose('template')}>{t('workflows:new.template')}</Button>
        </>
      )}
    </EmptyState>
  )
}

function NothingFound() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <EmptyState title={t('workflows:nothing.title')} text={t('workflows:nothing.text')}>
      <Button onClick={() => void navigate({ to: '/workflows', search: {} })}>{t('workflows:nothing.clear')}</Button>
    </EmptyState>
  )
}
