import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Revision } from '@/api/deliveries'

const versions: Revision[] = ['current', 'original', 'draft']

/** Chooses which revision a replay runs. */
export function Versions({ value, onChange }: { value: Revision; onChange: (revision: Revision) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      vertical
      aria-label={t('deliveries:versions.label')}
      value={value}
      onChange={(event) => onChange(event.target.value as Revision)}
      options={versions.map((revision) => ({ value: revision, label: t(`deliveries:versions.${revision}`) }))}
    />
  )
}
