import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { show, useEditor } from '../store'
import { useGo } from './useRun'

/** Asks once before a test run sends or writes for real. */
export function ActsDialog() {
  const { t } = useTranslation()
  const asking = useEditor((editor) => editor.asking)
  const go = useGo()
  if (!asking) return null
  const close = () => useEditor.setState({ asking: null })
  const run = (dryRun: boolean) => {
    useEditor.setState({ asking: null, mayAct: !dryRun })
    go(asking.part, dryRun)
  }
  return (
    <Modal
      open
      title={t('editor:acts.title')}
      onCancel={close}
      footer={[
        <Button key="dry" onClick={() => run(true)}>
          {t('editor:acts.dry')}
        </Button>,
        <Button key="run" type="primary" onClick={() => run(false)}>
          {t('editor:acts.run')}
        </Button>,
      ]}
    >
      <div className="ed-dialog">
        <p>{t('editor:acts.text')}</p>
        <ul className="ed-blocking">
          {asking.acting.slice(0, 8).map((node) => (
            <li key={node.key}>
              <button
                type="button"
                className="ed-link"
                onClick={() => {
                  close()
                  show(node.key)
                }}
              >
                {node.title || node.key}
              </button>
            </li>
          ))}
        </ul>
        <p className="muted">{t('editor:acts.hint')}</p>
      </div>
    </Modal>
  )
}
