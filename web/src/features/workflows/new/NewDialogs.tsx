import { useNavigate, useSearch } from '@tanstack/react-router'

import { trigger } from '@/flow/travel'

import { BlankDialog } from './BlankDialog'
import { ImportDialog } from './ImportDialog'
import { ProviderDialog } from './ProviderDialog'
import { TemplateDialog } from './TemplateDialog'

const dialogs = { blank: BlankDialog, provider: ProviderDialog, template: TemplateDialog, import: ImportDialog }

/** What every way to a new workflow is told. */
export interface NewProps {
  onClose: () => void
  /** Opens the workflow that was made, at its trigger. */
  onMade: (key: string) => void
}

/** The dialog that the address names, so that other pages can lead to one. */
export function NewDialogs() {
  const search = useSearch({ from: '/shell/workflows' })
  const navigate = useNavigate()
  const Dialog = dialogs[search.new as keyof typeof dialogs]
  if (!Dialog) return null
  const { q, tag } = search
  const close = () => void navigate({ to: '/workflows', search: { q, tag } })
  return <Dialog onClose={close} onMade={(key) => void navigate({ to: '/workflows/$key', params: { key }, search: { node: trigger } })} />
}
