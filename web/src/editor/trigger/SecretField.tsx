import { Button, Select } from 'antd'
import { KeyRound, Plus, RotateCw, WandSparkles, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { useEnvOptions, useSaveEnv } from '@/api/options'
import { useMay } from '@/api/session'
import { Failure } from '@/components/Failure'
import { useFormat } from '@/components/format'

import { useEditor } from '../store'
import { FreshSecret } from './FreshSecret'
import { NewSecret } from './NewSecret'
import { envName, envReference, generateSecret, proposeName, secretsOf, withSecrets, type SecretNames } from './secrets'

interface SecretFieldProps {
  scheme: SchemeType
  names: SecretNames
  verification: Record<string, unknown>
  readOnly: boolean
  /** The value of a secret that was made here, while it can still be copied. */
  fresh: string | null
  onFresh: (value: string | null) => void
  onChange: (verification: Record<string, unknown>) => void
}

/** The secret that the sender shares with us: made here, taken over from the sender, or one that is kept already; and its
 * change, during which the one before stays valid. */
export function SecretField({ scheme, names, verification, readOnly, fresh, onFresh, onChange }: SecretFieldProps) {
  const { t } = useTranslation()
  const { data: env = [] } = useEnvOptions()
  const [entering, setEntering] = useState<string | null>(null)
  const mayKeep = useMay('admin')
  const keep = useSaveEnv()
  const workflow = useEditor((editor) => editor.key)
  const secrets = secretsOf(verification, names)
  const name = proposeName(workflow, new Set(env.map((item) => item.name)))
  const put = (list: string[]) => onChange(withSecrets(verification, names, list))
  const generate = async (others: string[]) => {
    const value = generateSecret(scheme)
    // Without the right to keep secrets it stands in the workflow itself, where nobody is shown it again either.
    if (mayKeep) await keep.mutateAsync({ name, value, secret: true })
    onFresh(value)
    put([mayKeep ? envReference(name) : value, ...others])
  }
  return (
    <div className="trg-field" role="group" aria-label={t('trigger:secret.label')}>
      <span className="trg-label">{t('trigger:secret.label')}</span>
      {fresh && <FreshSecret value={fresh} onDone={() => onFresh(null)} />}
      {secrets.map((secret, index) => (
        <Kept key={secret} secret={secret} previous={index > 0} only={secrets.length === 1} readOnly={readOnly} onSet={mayKeep ? setEntering : undefined} onRemove={() => put(secrets.filter((one) => one !== secret))} />
      ))}
      {entering !== null && <NewSecret scheme={scheme} proposed={entering} mayKeep={mayKeep} onDone={() => setEntering(null)} onText={(text) => put([text, ...(names.many ? secrets.filter((one) => one !== text) : [])])} />}
      {!readOnly && entering === null && secrets.length === 0 && (
        <div className="trg-buttons">
          <Button icon={<WandSparkles size={13} />} loading={keep.isPending} onClick={() => void generate([])}>
            {t('trigger:secret.generate')}
          </Button>
          <Button icon={<Plus size={13} />} onClick={() => setEntering(name)}>
            {t('trigger:secret.enter')}
          </Button>
          <Choose names={env.filter((item) => item.secret).map((item) => item.name)} onPick={(one) => put([envReference(one)])} />
        </div>
      )}
      {!readOnly && entering === null && secrets.length === 1 && names.many && !fresh && <Rotate busy={keep.isPending} onGenerate={() => void generate(secrets)} onEnter={() => setEntering(name)} />}
      {secrets.length > 1 && <p className="trg-note">{t('trigger:secret.both')}</p>}
      <Failure error={keep.error} />
    </div>
  )
}

function Choose({ names, onPick }: { names: string[]; onPick: (name: string) => void }) {
  const { t } = useTranslation()
  if (names.length === 0) return null
  return (
    <Select
      showSearch
      className="grow"
      value={null}
      aria-label={t('trigger:secret.choose')}
      placeholder={t('trigger:secret.choose')}
      options={names.map((value) => ({ value, label: <code>{value}</code> }))}
      onChange={(name: string | null) => name && onPick(name)}
    />
  )
}

interface KeptProps {
  secret: string
  previous: boolean
  only: boolean
  readOnly: boolean
  /** Gives a name that has no value one. */
  onSet?: (name: string) => void
  onRemove: () => void
}

/** One secret that is valid: where it is kept, and since when. */
function Kept({ secret, previous, only, readOnly, onSet, onRemove }: KeptProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: env } = useEnvOptions()
  const name = envName(secret)
  const item = env?.find((one) => one.name === name)
  const missing = name !== undefined && env !== undefined && !item
  const remove = t(only ? 'trigger:secret.remove' : previous ? 'trigger:secret.endPrevious' : 'trigger:secret.endNew')
  return (
    <div className="trg-secret">
      <KeyRound size={14} aria-hidden />
      <div className="grow">
        <code>{name ?? '••••••••'}</code>{' '}
        <span className={missing ? 'ed-error' : 'muted trg-small'}>
          {missing ? t('trigger:secret.missing') : name ? item && t('trigger:secret.since', { time: format.ago(item.updatedAt) }) : t('trigger:secret.inside')}
        </span>
      </div>
      {missing && onSet && !readOnly && (
        <Button size="small" onClick={() => onSet(name)}>
          {t('trigger:secret.set')}
        </Button>
      )}
      {!only && <span className={previous ? 'ed-chip' : 'ed-chip ed-ok'}>{t(previous ? 'trigger:secret.previous' : 'trigger:secret.current')}</span>}
      {!readOnly && (
        <button type="button" className="icon-button" aria-label={remove} title={remove} onClick={onRemove}>
          <X size={14} />
        </button>
      )}
    </div>
  )
}

function Rotate({ busy, onGenerate, onEnter }: { busy: boolean; onGenerate: () => void; onEnter: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <div>
        <Button size="small" type="text" icon={<RotateCw size={13} />} onClick={() => setOpen(true)}>
          {t('trigger:secret.rotate')}
        </Button>
      </div>
    )
  }
  return (
    <div className="trg-rotate">
      <p className="trg-small">{t('trigger:secret.rotateHelp')}</p>
      <div className="trg-buttons">
        <Button size="small" icon={<WandSparkles size={13} />} loading={busy} onClick={onGenerate}>
          {t('trigger:secret.generate')}
        </Button>
        <Button size="small" icon={<Plus size={13} />} onClick={onEnter}>
          {t('trigger:secret.enter')}
        </Button>
      </div>
    </div>
  )
}
