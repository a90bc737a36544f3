import { useMutation } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { usePutVariable, type Variable } from '@/api/env'
import { useEditWorkflows } from '@/api/workflowEdits'
import { problemAt } from '@/components/Failure'

import { Dialog, Field } from '../parts'
import { useUsers, type User } from './documents'
import { accepts, nextName, withAnother } from './overlap'
import { ValueField } from './ValueField'

/** Gives a variable another value. A secret that requests are verified with can be followed by a new one, both accepted for a while. */
export function ChangeDialog({ variable, taken, onClose }: { variable: Variable; taken: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { name, secret } = variable
  const users = useUsers(variable)
  const verifying = users.data?.filter(({ document, meta }) => meta.revision > 0 && accepts(document, name)) ?? []
  const [both, setBoth] = useState(false)
  const [value, setValue] = useState(secret ? '' : (variable.value ?? ''))
  const [fresh, setFresh] = useState(() => nextName(name, taken))
  const change = useChange(variable, both ? { fresh, users: verifying.filter(isFree) } : null)
  return (
    <Dialog
      title={t(secret ? 'settings:secrets.rotateNamed' : 'settings:secrets.changeNamed', { name })}
      submit={t('settings:save')}
      pending={change.isPending}
      error={change.error} shown={both ? ['/name', '/value'] : ['/value']}
      disabled={secret && value === ''}
      onSubmit={() => change.mutate(value, { onSuccess: onClose })}
      onClose={onClose}
    >
      {verifying.length > 0 && (
        <Radio.Group aria-label={t('settings:secrets.how')} className="settings-radios" value={both} onChange={(event) => setBoth(event.target.value === true)}>
          <Radio value={false}>
            <strong>{t('settings:secrets.atOnce')}</strong>
            <span className="settings-hint">{t('settings:secrets.atOnceText')}</span>
          </Radio>
          <Radio value>
            <strong>{t('settings:secrets.both')}</strong>
            <span className="settings-hint">{t('settings:secrets.bothText', { count: verifying.length, name })}</span>
          </Radio>
        </Radio.Group>
      )}
      {both && <Overlap fresh={fresh} onFresh={setFresh} users={verifying} error={problemAt(change.error, '/name')} />}
      <ValueField value={value} secret={secret} error={problemAt(change.error, '/value')} hint={secret ? undefined : t('settings:secrets.valueHint')} onChange={setValue} />
    </Dialog>
  )
}

// What a draft holds would be published with the change, or lost by it.
const isFree = (user: User) => !user.meta.hasDraft

function useChange({ name, secret }: Variable, overlap: { fresh: string; users: User[] } | null) {
  const put = usePutVariable()
  const edit = useEditWorkflows()
  return useMutation({
    mutationFn: async (value: string) => {
      await put.mutateAsync({ name: overlap?.fresh ?? name, value, secret })
      if (overlap) await edit.mutateAsync({ keys: overlap.users.map((user) => user.key), edit: (document) => withAnother(document, overlap.fresh) })
    },
  })
}

function Overlap({ fresh, onFresh, users, error }: { fresh: string; onFresh: (name: string) => void; users: User[]; error: string | undefined }) {
  const { t } = useTranslation()
  const busy = users.filter((user) => !isFree(user))
  return (
    <>
      <Field label={t('settings:secrets.freshName')} error={error}>
        {(aria) => <Input {...aria} className="mono" spellCheck={false} value={fresh} onChange={(event) => onFresh(event.target.value.trim())} />}
      </Field>
      {busy.length > 0 && <p className="settings-warn">{t('settings:draftsInTheWay', { names: busy.map((user) => user.title || user.key).join(', ') })}</p>}
    </>
  )
}
