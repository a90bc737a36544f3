import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { TypeIcon } from '@/components/TypeIcon'
import { familyOf } from '@/flow/look'
import { trigger } from '@/flow/travel'

import { whole, type Run } from '../useRun'
import { NodePane } from './NodePane'
import { WholePane } from './WholePane'

/** The pane at the side: what went in and came out, of a node or of the whole. */
export function Pane({ run }: { run: Run }) {
  const { t } = useTranslation()
  const { selected } = run
  if (selected === null) return null
  if (selected === whole || selected === trigger) {
    return (
      <>
        <Top run={run} title={t('executions:pane.whole')} />
        <WholePane key={selected} run={run} input={selected === trigger} />
      </>
    )
  }
  const { title, type } = run.nameOf(selected)
  return (
    <>
      <Top run={run} title={title} icon={<TypeIcon icon={type?.icon} family={familyOf(type)} size={26} />} note={selected} />
      <NodePane key={selected} run={run} nodeKey={selected} />
    </>
  )
}

function Top({ run, title, icon, note }: { run: Run; title: string; icon?: ReactNode; note?: string }) {
  const { t } = useTranslation()
  return (
    <div className="ex-top">
      {icon}
      <div className="grow">
        <h2 className="cut">{title}</h2>
        {note && <span className="muted mono cut">{note}</span>}
      </div>
      {run.selected !== whole && (
        <button type="button" className="ex-link" onClick={() => run.select(whole)}>{t('executions:pane.toWhole')}</button>
      )}
      <button type="button" className="icon-button" aria-label={t('executions:pane.close')} title={t('executions:pane.close')} onClick={() => run.select(null)}>
        <X size={16} />
      </button>
    </div>
  )
}
