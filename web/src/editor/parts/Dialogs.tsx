import { Alert, Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { sentence } from '@/components/ErrorState'
import { changes } from '@/flow/diff'
import type { FlowProblem } from '@/flow/validate'

import { keepMine, publish, takeTheirs } from '../save'
import { show, useEditor } from '../store'
import { trigger } from '@/flow/travel'
import { Changes } from './Changes'
import { useProblemText } from './problemText'

/** What failed, in our words and the server's. */
export function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const problem = error instanceof ApiError ? error.problem : undefined
  return <Alert type="error" showIcon title={sentence(t, problem?.status)} description={problem ? problem.detail || problem.title : String(error)} />
}

/** Shows what will change, node by node, before it is published. */
export function PublishDialog({ problems, onClose }: { problems: FlowProblem[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { history, published, refused } = useEditor()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const different = useMemo(() => published && changes(published, history.present), [published, history.present])
  const errors = [...refused, ...problems.filter(({ level, code }) => level === 'error' && code !== 'server')]
  const go = async () => {
    setBusy(true)
    setError(null)
    try {
      await publish()
      onClose()
    } catch (cause) {
      setError(cause)
      if (useEditor.getState().saving === 'conflict') onClose()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t('editor:publish.title')} width={760} onCancel={onClose} onOk={() => void go()} okText={t('editor:publish.do')} cancelText={t('editor:cancel')} confirmLoading={busy} styles={{ body: { maxHeight: '62vh', overflow: 'auto' } }}>
      <div className="ed-dialog">
        {error !== null && <Failure error={error} />}
        <Blocking errors={errors} onGo={onClose} />
        {different ? <Changes of={different} names={{ before: t('editor:publish.now'), after: t('editor:publish.draft') }} /> : <p>{t('editor:publish.first')}</p>}
      </div>
    </Modal>
  )
}

function Blocking({ errors, onGo }: { errors: FlowProblem[]; onGo: () => void }) {
  const { t } = useTranslation()
  const textOf = useProblemText()
  if (errors.length === 0) return null
  const list = errors.slice(0, 20).map((problem, i) => (
    // oxlint-disable-next-line react/no-array-index-key
    <li key={i}>
      <button
        type="button"
        className="ed-link"
        onClick={() => {
          show(problem.node || trigger)
          onGo()
        }}
      >
        {problem.node || t('editor:trigger')}
      </button>{' '}
      {textOf(problem)}
    </li>
  ))
  return <Alert type="warning" showIcon title={t('editor:publish.problems', { count: errors.length })} description={<ul className="ed-blocking">{list}</ul>} />
}

/** Somebody else saved the same draft: three ways to go on, none of which loses anything unseen. */
export function ConflictDialog() {
  const { t } = useTranslation()
  const { saving, theirs, history } = useEditor()
  const [shown, setShown] = useState(false)
  const different = useMemo(() => (theirs && shown ? changes(theirs.document, history.present) : null), [theirs, shown, history.present])
  if (saving !== 'conflict' || !theirs) return null
  return (
    <Modal
      open
      closable={false}
      title={t('editor:conflict.title')}
      width={different ? 760 : 520}
      styles={{ body: { maxHeight: '62vh', overflow: 'auto' } }}
      footer={[
        <Button key="diff" onClick={() => setShown(!shown)} aria-expanded={shown}>
          {t('editor:conflict.see')}
        </Button>,
        <Button key="theirs" onClick={() => takeTheirs('theirs')}>
          {t('editor:conflict.theirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={() => void keepMine()}>
          {t('editor:conflict.mine')}
        </Button>,
      ]}
    >
      <div className="ed-dialog">
        <p>{t('editor:conflict.text')}</p>
        {different && <Changes of={different} names={{ before: t('editor:conflict.their'), after: t('editor:conflict.my') }} />}
      </div>
    </Modal>
  )
}
