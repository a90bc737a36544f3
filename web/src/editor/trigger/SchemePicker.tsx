import { Modal } from 'antd'
import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { SchemeType } from '@/api/catalogue'
import { pick } from '@/app/i18n'

import { groupsOf, rankOf } from './schemeGroups'
import { SchemeIcon } from './SchemeIcon'

interface SchemePickerProps {
  open: boolean
  schemes: SchemeType[]
  chosen: string | undefined
  onPick: (scheme: SchemeType) => void
  onClose: () => void
}

/** All senders and schemes as cards: type to search, arrows and Enter choose. */
export function SchemePicker({ open, schemes, chosen, onPick, onClose }: SchemePickerProps) {
  const { t, i18n } = useTranslation()
  const groups = useMemo(() => groupsOf(schemes), [schemes])
  return (
    <Modal open={open} destroyOnHidden width={780} footer={null} title={t('trigger:picker.title')} onCancel={onClose} className="trg-picker-dialog">
      <Command className="trg-picker" label={t('trigger:picker.title')} loop filter={rank}>
        {/* It opens when somebody asks for it, to be typed into. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Command.Input className="trg-picker-input" placeholder={t('trigger:picker.search')} autoFocus />
        <Command.List>
          <Command.Empty className="muted">{t('trigger:picker.none')}</Command.Empty>
          {groups.map((group) => (
            <Command.Group key={group.key} heading={group.title ? pick(group.title, i18n.language) : t('trigger:picker.popular')}>
              {group.schemes.map((scheme) => (
                <Card key={scheme.key} scheme={scheme} group={group.key} chosen={scheme.key === chosen} onPick={onPick} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Modal>
  )
}

/** rank finds each scheme once: in its own group. */
const rank = (value: string, typed: string, names: string[] = []) => (value.startsWith('popular ') ? 0 : rankOf(typed, names))

function Card({ scheme, group, chosen, onPick }: { scheme: SchemeType; group: string; chosen: boolean; onPick: (scheme: SchemeType) => void }) {
  const { t, i18n } = useTranslation()
  return (
    <Command.Item
      value={`${group} ${scheme.key}`}
      keywords={[scheme.key, scheme.title.en, scheme.title.zh, scheme.group?.title.en ?? '', scheme.group?.title.zh ?? '']}
      className="trg-card"
      onSelect={() => onPick(scheme)}
    >
      <SchemeIcon scheme={scheme} size={26} />
      <span className="grow">
        <span className="trg-card-name cut">{pick(scheme.title, i18n.language)}</span>
        <span className="trg-card-help muted">{pick(scheme.help, i18n.language)}</span>
      </span>
      {chosen && <Check size={14} aria-label={t('trigger:picker.chosen')} />}
    </Command.Item>
  )
}
