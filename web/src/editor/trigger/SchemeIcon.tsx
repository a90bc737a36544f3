import { Bot, ChartNoAxesColumn, Cloud, CodeXml, CreditCard, FileText, KeyRound, ListChecks, LockOpen, Mail, MessageCircle, ShoppingBag, Users, type LucideIcon } from 'lucide-react'

import type { SchemeType } from '@/api/catalogue'

const looks: Record<string, [icon: LucideIcon, family: string]> = {
  generic: [KeyRound, 'code'], code: [CodeXml, 'trigger'], chat: [MessageCircle, 'notify'], payment: [CreditCard, 'record'], work: [ListChecks, 'http'],
  forms: [FileText, 'control'], customers: [Users, 'data'], cloud: [Cloud, 'http'], mail: [Mail, 'notify'], monitoring: [ChartNoAxesColumn, 'control'],
  ai: [Bot, 'trigger'], commerce: [ShoppingBag, 'record'],
}

/** The tile of a verification scheme: by the kind of its senders. */
export function SchemeIcon({ scheme, size = 30 }: { scheme: Pick<SchemeType, 'key' | 'group'> | undefined; size?: number }) {
  const [Icon, family] = scheme?.key === 'none' ? [LockOpen, 'control'] : (looks[scheme?.group?.key ?? ''] ?? [KeyRound, 'code'])
  const colour = `var(--family-${family})`
  return (
    <span aria-hidden className="trg-tile" style={{ width: size, height: size, color: colour, background: `color-mix(in srgb, ${colour} 12%, transparent)` }}>
      <Icon size={size * 0.54} />
    </span>
  )
}
