import { Alert, Button } from 'antd'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSchemes, type SchemeType } from '@/api/catalogue'
import type { Endpoint } from '@/api/endpoint'
import { pick } from '@/app/i18n'
import { SchemaForm } from '@/form/SchemaForm'

import { Addresses } from './Addresses'
import type { StepProps } from './Configure'
import { setTrigger } from './config'
import { Issues, verificationPointer } from './Issues'
import { verificationOf } from './progress'
import { SchemeIcon } from './SchemeIcon'
import { SchemePicker } from './SchemePicker'
import { SecretField } from './SecretField'
import { secretNames } from './secrets'
import { SetupSteps } from './SetupSteps'
import { StoredCheck } from './StoredCheck'
import type { Listener } from './useListener'
import { within } from './within'

interface CallersProps extends StepProps {
  endpoint: Endpoint | undefined
  listener: Listener
}

/** Who may call: how a caller proves itself, and from which addresses. */
export function Callers({ config, problems, readOnly, endpoint, listener, ...step }: CallersProps) {
  const { t } = useTranslation()
  const { data: schemes = [] } = useSchemes()
  const [picking, setPicking] = useState(false)
  const verification = verificationOf(config)
  const scheme = schemes.find((one) => one.key === verification?.scheme)
  const choose = (next: SchemeType) => {
    setPicking(false)
    if (next.key !== verification?.scheme) setTrigger('scheme', { verification: { ...kept(verification, next), scheme: next.key } })
  }
  return (
    <>
      {verification ? (
        <Chosen scheme={scheme} name={verification.scheme} readOnly={readOnly} onChange={() => setPicking(true)} />
      ) : (
        <div className="trg-choose">
          <p>{t('trigger:callers.nothing')}</p>
          {!readOnly && (
            <Button type="primary" onClick={() => setPicking(true)}>
              {t('trigger:callers.choose')}
            </Button>
          )}
        </div>
      )}
      <SchemePicker open={picking} schemes={schemes} chosen={verification?.scheme} onPick={choose} onClose={() => setPicking(false)} />
      {verification?.scheme === 'none' && <Alert type="warning" showIcon title={t('trigger:callers.open')} />}
      <Issues endpoint={endpoint} of={(pointer) => pointer.startsWith(verificationPointer)} schema={scheme?.schema} />
      {verification && scheme && (
        <Settings key={scheme.key} scheme={scheme} verification={verification} problems={within(problems, '/verification')} readOnly={readOnly} endpoint={endpoint} listener={listener} />
      )}
      <Addresses {...step} config={config} problems={problems} readOnly={readOnly} />
    </>
  )
}

/** kept is what of a verification a scheme of another kind knows too: the shared secret. */
function kept(verification: Record<string, unknown> | undefined, next: SchemeType): Record<string, unknown> {
  const names = secretNames(next.schema)
  if (!verification || !names) return {}
  return Object.fromEntries([names.one, names.many ?? ''].flatMap((name) => (verification[name] === undefined ? [] : [[name, verification[name]]])))
}

function Chosen({ scheme, name, readOnly, onChange }: { scheme: SchemeType | undefined; name: string; readOnly: boolean; onChange: () => void }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="trg-chosen">
      <SchemeIcon scheme={scheme} />
      <div className="grow">
        <div className="row">
          <strong>{pick(scheme?.title, i18n.language) || name}</strong>
          {scheme?.home && (
            <a href={scheme.home} target="_blank" rel="noopener noreferrer" className="trg-small row">
              {t('trigger:callers.docs')} <ExternalLink size={11} aria-hidden />
            </a>
          )}
        </div>
        <p className="muted trg-small">
          <Ticks text={pick(scheme?.checks, i18n.language)} />
        </p>
      </div>
      {!readOnly && (
        <Button size="small" onClick={onChange}>
          {t('trigger:callers.change')}
        </Button>
      )}
    </div>
  )
}

/** A text of the server in which `code` stands between backquotes. */
export function Ticks({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}

interface SettingsProps {
  scheme: SchemeType
  verification: Record<string, unknown> & { scheme: string }
  problems: { pointer: string; text: string }[]
  readOnly: boolean
  endpoint: Endpoint | undefined
  listener: Listener
}

function Settings({ scheme, verification, problems, readOnly, endpoint, listener }: SettingsProps) {
  const [fresh, setFresh] = useState<string | null>(null)
  const names = secretNames(scheme.schema)
  const put = (next: Record<string, unknown>) => setTrigger('verification', { verification: { ...next, scheme: scheme.key } })
  return (
    <>
      {names && <SecretField scheme={scheme} names={names} verification={verification} readOnly={readOnly} fresh={fresh} onFresh={setFresh} onChange={put} />}
      <SchemaForm
        schema={scheme.schema}
        except={['scheme', ...(names ? [names.one, names.many ?? ''] : [])]}
        value={verification}
        problems={problems}
        readOnly={readOnly}
        onChange={put}
      />
      {!readOnly && scheme.key !== 'none' && <StoredCheck verification={verification} />}
      {!readOnly && <SetupSteps scheme={scheme} url={endpoint?.live.url ?? ''} secret={fresh} listener={listener} />}
    </>
  )
}
