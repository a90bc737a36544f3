import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDeleteVariable, type Variable } from '@/api/env'
import { useEditWorkflows } from '@/api/workflowEdits'

import { Dialog, Field, NamerLink } from '../parts'
import { useUsers } from './documents'
import { acceptsOthers, without } from './overlap'

/** Deletes a variable; where a secret is one of several that requests are verified with, the others stay. */
export function DeleteDialog({ variable, onClose }: { variable: Variable; onClose: () => void }) {
  const { t } = useTranslation()
  const { name, usedBy = [] } = variable
  const users = useUsers(variable)
  const freed = users.data?.filter(({ document, meta }) => !meta.hasDraft && meta.revision > 0 && acceptsOthers(document, name)) ?? []
  const broken = usedBy.filter(({ kind, key }) => kind !== 'workflow' || !freed.some((one) => one.key === key))
  const [typed, setTyped] = useState('')
  const remove = useRemove(name, freed.map((one) => one.key))
  return (
    <Dialog
      danger
      title={t('settings:deleteNamed', { name })}
      submit={t('settings:delete')}
      pending={remove.isPending}
      error={remove.error}
      disabled={users.isLoading || (broken.length > 0 && typed !== name)}
      onSubmit={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {freed.length > 0 && <p>{t('settings:secrets.freed', { count: freed.length, names: freed.map((one) => one.title || one.key).join(', ') })}</p>}
      {broken.length === 0 && freed.length === 0 && <p>{t('settings:secrets.unused')}</p>}
      {broken.length > 0 && (
        <>
          <p className="settings-warn">{t('settings:secrets.broken', { count: broken.length })}</p>
          <ul className="settings-namers">
            {broken.map((namer) => (
              <li key={namer.kind + namer.key}>
                <NamerLink namer={namer} />
              </li>
            ))}
          </ul>
          <Field label={t('settings:typeToConfirm', { name })}>
            {(aria) => <Input {...aria} className="mono" autoFocus spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value.trim())} />}
          </Field>
        </>
      )}
    </Dialog>
  )
}

function useRemove(name: string, freed: string[]) {
  const edit = useEditWorkflows()
  const remove = useDeleteVariable()
  return useMutation({
    mutationFn: async () => {
      await edit.mutateAsync({ keys: freed, edit: (document) => without(document, name) })
      await remove.mutateAsync(name)
    },
  })
}
