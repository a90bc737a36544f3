import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSetTags, type WorkflowItem } from '@/api/workflows'

import { Failure } from './Failure'

// What the server takes.
const maxTags = 20
const maxTag = 40

interface Props {
  workflows: WorkflowItem[]
  onClose: () => void
  onDone?: () => void
}

/** Sets the tags of one workflow, or adds some to several. */
export function TagsDialog({ workflows, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const setTags = useSetTags()
  const one = workflows.length === 1 ? workflows[0] : undefined
  const [tags, set] = useState<string[]>(one?.tags ?? [])
  const [failure, setFailure] = useState<unknown>(null)
  const submit = async () => {
    try {
      for (const workflow of workflows) {
        const all = one ? tags : [...new Set([...workflow.tags, ...tags])]
        // oxlint-disable-next-line no-await-in-loop
        await setTags.mutateAsync({ workflow, tags: all.slice(0, maxTags) })
      }
      onClose()
      onDone?.()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Modal
      open
      title={one ? t('workflows:tags.title', { name: one.title || one.key }) : t('workflows:tags.several', { count: workflows.length })}
      okText={t('workflows:tags.submit')}
      cancelText={t('workflows:cancel')}
      confirmLoading={setTags.isPending}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <div className="workflows-form">
        <Select
          mode="tags"
          autoFocus
          maxCount={maxTags}
          className="workflows-wide"
          aria-label={t('workflows:tags.label')}
          placeholder={t('workflows:tags.placeholder')}
          tokenSeparators={[',', '，', '、']}
          value={tags}
          onChange={(next) => set(next.map((tag) => tag.trim().slice(0, maxTag)).filter(Boolean))}
          suffixIcon={null}
          open={false}
        />
        <p className="muted">{t(workflows.some((workflow) => workflow.hasDraft) ? 'workflows:tags.draft' : 'workflows:tags.revision')}</p>
        <Failure error={failure} />
      </div>
    </Modal>
  )
}
