import './list.css'

import { useTranslation } from 'react-i18next'

import { CopyButton } from './CopyButton'
import { Shown } from './json/Shown'

/** Names and values, such as headers or the fields of a form, in the order in which they came. */
export function Pairs({ pairs }: { pairs: [name: string, value: string][] }) {
  const { t } = useTranslation()
  if (pairs.length === 0) return <p className="muted">{t('common:pairs.none')}</p>
  return (
    <table className="pairs mono">
      <thead className="sr-only">
        <tr>
          <th>{t('common:pairs.name')}</th>
          <th>{t('common:pairs.value')}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([name, value], index) => (
          // Names may be there twice; their order never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index}>
            <th scope="row"><Shown text={name} /></th>
            <td>
              <Shown text={value} />
            </td>
            <td className="pairs-copy">
              <CopyButton text={value} label={t('common:pairs.copy', { name })} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
