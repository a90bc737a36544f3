import { useTranslation } from 'react-i18next'

import type { ChannelType } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'

/** The types that a channel can have, those for the language shown first. */
export function TypeChoice({ types, onChoose }: { types: ChannelType[]; onChoose: (type: string) => void }) {
  const { i18n } = useTranslation()
  const rank = (type: ChannelType) => (i18n.language === 'zh' && /feishu|dingtalk|wecom|aliyun|tencent/.test(type.type) ? 0 : 1)
  return (
    <div className="settings-choices">
      {types
        .toSorted((a, b) => rank(a) - rank(b))
        .map((type) => (
          <button key={type.type} type="button" className="settings-choice" onClick={() => onChoose(type.type)}>
            <TypeIcon icon={type.icon} family="notify" size={28} />
            <span className="settings-stack">
              <span className="settings-strong">{pick(type.title, i18n.language)}</span>
              <span className="muted settings-two-lines">{pick(type.help, i18n.language)}</span>
            </span>
          </button>
        ))}
    </div>
  )
}
