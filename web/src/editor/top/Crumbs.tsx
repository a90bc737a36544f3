import { Link } from '@tanstack/react-router'
import { Button, Switch, Tooltip } from 'antd'
import { Check, CircleAlert, CloudUpload, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay } from '@/api/session'
import { changes } from '@/flow/diff'

import { isDirty, save, toggle } from '../save'
import { useEditor } from '../store'

/** Where one is: the workflow, whether it is on, and how its draft stands to what is published. */
export function Crumbs() {
  const { t } = useTranslation()
  const title = useEditor((editor) => editor.history.present.title || editor.key)
  return (
    <>
      <Link to="/workflows" className="ed-up">
        {t('common:nav.workflows')}
      </Link>
      <span aria-hidden className="muted">
        {'/'}
      </span>
      <h1 className="cut" title={title}>
        {title}
      </h1>
      <Enabled />
      <DraftChip />
      <SavedText />
    </>
  )
}

function Enabled() {
  const { t } = useTranslation()
  const { enabled, revision } = useEditor((editor) => editor.meta)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const change = async (next: boolean) => {
    setBusy(true)
    await toggle(next).then(() => setFailed(false), () => setFailed(true))
    setBusy(false)
  }
  const word = t(enabled ? 'editor:enabled' : 'editor:off')
  if (!useMay('editor')) return <span className="ed-chip">{word}</span>
  return (
    <Tooltip title={failed ? t('common:problem.other') : revision === 0 ? t('editor:publishFirst') : word}>
      <Switch size="small" checked={enabled} loading={busy} aria-label={t('editor:enabled')} onChange={(next) => void change(next)} />
    </Tooltip>
  )
}

function DraftChip() {
  const { t } = useTranslation()
  const published = useEditor((editor) => editor.published)
  const document = useEditor((editor) => editor.history.present)
  const revision = useEditor((editor) => editor.meta.revision)
  if (!published) return <span className="ed-chip ed-draft">{t('editor:chip.unpublished')}</span>
  const count = published === document ? 0 : changes(published, document).length
  if (count === 0) return <span className="ed-chip ed-ok">{t('editor:chip.published', { n: revision })}</span>
  return <span className="ed-chip ed-draft">{t('editor:chip.changes', { count })}</span>
}

function SavedText() {
  const { t } = useTranslation()
  const saving = useEditor((editor) => editor.saving)
  const dirty = useEditor(() => isDirty())
  if (saving === 'failed') {
    return (
      <span role="alert" className="ed-saved ed-failed">
        <CircleAlert size={13} aria-hidden /> {t('editor:save.failed')}
        <Button size="small" type="link" onClick={() => void save()}>
          {t('common:retry')}
        </Button>
      </span>
    )
  }
  const [Icon, text] = saving === 'busy' ? [CloudUpload, t('editor:save.busy')] : dirty ? [Pencil, t('editor:save.dirty')] : [Check, t('editor:save.done')]
  return (
    <span role="status" className="ed-saved muted" title={text}>
      <Icon size={13} aria-hidden /> <span>{text}</span>
    </span>
  )
}
