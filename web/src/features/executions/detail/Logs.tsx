import { useTranslation } from 'react-i18next'

import type { Schemas } from '@/api/client'
import { Shown } from '@/components/json/Shown'
import { Time } from '@/components/Time'

const atOnce = 500

/** The lines that a node wrote. */
export function Logs({ logs }: { logs: Schemas['Log'][] }) {
  const { t } = useTranslation()
  return (
    <ol className="ex-logs mono">
      {logs.slice(0, atOnce).map((line, index) => (
        // Lines have no name of their own and never change places.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={`ex-log ex-log-${line.level}`}>
          <Time at={line.at} as="clock" />
          <span className="ex-level">{line.level}</span>
          <span className="ex-log-text"><Shown text={line.text} /></span>
        </li>
      ))}
      {logs.length > atOnce && <li className="muted">{t('executions:andMore', { count: logs.length - atOnce })}</li>}
    </ol>
  )
}
