import {
  AtSign, Braces, CalendarClock, CalendarDays, CaseSensitive, Fingerprint, Hash, KeyRound, Link2, List, Paperclip, Spline, Text, ToggleLeft, type LucideIcon,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Field } from '@/api/collections'

const icons: Record<string, LucideIcon> = {
  id: KeyRound, string: CaseSensitive, text: Text, integer: Hash, bigint: Hash, number: Hash, decimal: Hash, boolean: ToggleLeft, date: CalendarDays,
  datetime: CalendarClock, select: List, email: AtSign, url: Link2, uuid: Fingerprint, relation: Spline, file: Paperclip, json: Braces,
}

/** What a type of field looks like in small. */
export function FieldIcon({ type }: { type: string }) {
  const Icon = icons[type] ?? Braces
  return <Icon size={13} aria-hidden className="collections-type" />
}

/** useFieldTitle names a field for people. */
export function useFieldTitle() {
  const { t } = useTranslation()
  return (field: Pick<Field, 'name' | 'title'>) => {
    if (field.name === 'createdAt' || field.name === 'updatedAt') return t(`collections:own.${field.name}`)
    return field.title || field.name
  }
}
