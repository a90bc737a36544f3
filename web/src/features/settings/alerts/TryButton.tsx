import { Link } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { api, data } from '@/api/client'
import type { WorkflowItem } from '@/api/workflows'
import { Failure } from '@/components/Failure'
import { Status } from '@/components/Status'

import { sampleFailure } from './alert'

/** Runs the handler of failures with one that did not happen, and says what came of it. */
export function TryButton({ handler: { key, title } }: { handler: WorkflowItem }) {
  const { t } = useTranslation()
  const run = useMutation({
    mutationFn: () => {
      const context = sampleFailure({ title: t('settings:alerts.sampleError') }, new Date().toISOString())
      return data(api.POST('/api/workflows/{key}/run', { params: { path: { key }, query: { wait: '15s' } }, body: { context } }))
    },
  })
  return (
    <span className="settings-stack settings-end">
      <Button size="small" icon={<Play size={13} aria-hidden />} loading={run.isPending} aria-label={t('settings:alerts.tryNamed', { name: title || key })} onClick={() => run.mutate()}>
        {t('settings:alerts.try')}
      </Button>
      <span role="status" className="row">
        {run.data && (
          <>
            <Status of={run.data.status} />
            <Link to="/executions/$id" params={{ id: run.data.execution }}>
              {t('settings:alerts.look')}
            </Link>
          </>
        )}
      </span>
      <Failure error={run.error} />
    </span>
  )
}
