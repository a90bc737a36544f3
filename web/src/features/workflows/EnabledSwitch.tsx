import { App, Button, Switch, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'

import { useEnable, type WorkflowItem } from '@/api/workflows'

interface Props {
  workflow: WorkflowItem
  editor: boolean
  onFailure: (error: unknown) => void
}

/** Switches a workflow on or off at once, and offers to take it back. */
export function EnabledSwitch({ workflow, editor, onFailure }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const enable = useEnable()
  const { key, title, enabled, revision } = workflow
  const name = title || key
  const set = (on: boolean, undone = false) =>
    enable.mutate({ keys: [key], enabled: on }, { onError: onFailure, onSuccess: () => undone || said(on) })
  const said = (on: boolean) => {
    const open = message.open({
      key: `enabled-${key}`,
      duration: 6,
      content: (
        <span className="row">
          {t(on ? 'workflows:enabled.on' : 'workflows:enabled.off', { name })}
          <Button type="link" size="small" onClick={() => (open(), set(!on, true))}>
            {t('workflows:undo')}
          </Button>
        </span>
      ),
    })
  }
  if (!editor) return <span>{t(enabled ? 'workflows:enabled.yes' : 'workflows:enabled.no')}</span>
  const shown = enable.isPending ? enable.variables.enabled : enabled
  return (
    <Tooltip title={revision === 0 ? t('workflows:enabled.publishFirst') : ''}>
      <Switch aria-label={t('workflows:enabled.label', { name })} checked={shown} disabled={revision === 0} loading={enable.isPending} onChange={(on) => set(on)} />
    </Tooltip>
  )
}
