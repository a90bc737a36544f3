import { ArrowUpDown, Minus, PencilLine, Plus } from 'lucide-react'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { changes, type Change } from './diff'
import { from, write } from './lossless'
import { Shown } from './Shown'

const icons = { added: Plus, removed: Minus, changed: PencilLine, moved: ArrowUpDown }

/** Changes that are drawn before somebody asks for more. */
const portion = 100

/** The changes from one value to another, a line each. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation()
  const all = useMemo(() => changes(before, after), [before, after])
  const [shown, setShown] = useState(portion)
  if (all.length === 0) return <p className="muted">{t('json:diff.same')}</p>
  return (
    <div className="json-diff">
      <ul aria-label={t('json:diff.list')}>
        {all.slice(0, shown).map((change) => <Line key={`${change.kind} ${JSON.stringify(change.path)} ${change.from}`} change={change} />)}
      </ul>
      {all.length > shown && (
        <Button size="small" onClick={() => setShown(shown + portion)}>
          {t('json:more', { percent: Math.round((shown / all.length) * 100) })}
        </Button>
      )}
    </div>
  )
}

function Line({ change }: { change: Change }) {
  const { t } = useTranslation()
  const Icon = icons[change.kind]
  return (
    <li className={`json-change json-${change.kind}`}>
      <span className="json-change-kind">
        <Icon size={13} aria-hidden />
        {t(`json:diff.${change.kind}`)}
      </span>
      <span className="mono json-change-path">{change.path.length > 0 ? <Shown text={change.path.join(' › ')} /> : t('json:diff.whole')}</span>
      {change.from !== undefined && <span className="muted">{t('json:diff.from', { index: change.from + 1 })}</span>}
      {'before' in change && <Value value={change.before} of="before" />}
      {'after' in change && change.kind !== 'moved' && <Value value={change.after} of="after" />}
    </li>
  )
}

const Value = ({ value, of }: { value: unknown; of: 'before' | 'after' }) => (
  <pre className={`json-change-${of}`}>
    {of === 'before' ? <del><Shown text={write(from(value))} /></del> : <ins><Shown text={write(from(value))} /></ins>}
  </pre>
)
