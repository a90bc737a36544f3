import { App } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

import { useNodeTypes } from '@/api/catalogue'
import { ApiError } from '@/api/client'
import { useSample } from '@/api/drafts'
import { sentence } from '@/components/ErrorState'

import { actingIn, start, type Part } from '../run'
import { useEditor } from '../store'

/** useRun runs the draft or a part of it with the sample. The first time something would really be sent or written,
 * it has the page ask; what was answered holds until the page is left. */
export function useRun(): (part: Part, dryRun?: boolean) => void {
  const { data: types } = useNodeTypes()
  const go = useGo()
  return useCallback(
    (part, dryRun = false) => {
      const acting = types && !dryRun && !useEditor.getState().mayAct ? actingIn(part, types) : []
      if (acting.length > 0) useEditor.setState({ asking: { part, acting } })
      else go(part, dryRun)
    },
    [types, go],
  )
}

/** useGo runs without asking, and says how it ended. */
export function useGo(): (part: Part, dryRun: boolean) => void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const key = useEditor((editor) => editor.key)
  const { data: sample } = useSample(key)
  return useCallback(
    (part, dryRun) => {
      const failed = (error: unknown) =>
        void message.error(error instanceof ApiError ? `${sentence(t, error.problem.status)}: ${error.problem.detail}` : String(error))
      start(part, sample, dryRun).then(() => {
        const { run } = useEditor.getState()
        if (run) void message[run.status === 'succeeded' ? 'success' : 'error'](t(`common:status.${run.status}`) + (run.error ? `: ${run.error}` : ''))
      }, failed)
    },
    [sample, message, t],
  )
}
