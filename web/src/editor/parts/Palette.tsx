import { Command } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { NodeType, NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { ranked } from '@/components/rank'
import { TypeIcon } from '@/components/TypeIcon'
import type { FlowDocument, Place } from '@/flow/document'
import { familyOf } from '@/flow/look'
import { inTransaction, mayJoin } from '@/flow/scope'
import { parentsAt } from '@/flow/tree'

import { recent } from '../commands'
import { firstSentence } from './sentence'

interface PaletteProps {
  document: FlowDocument
  types: NodeTypes
  place: Place
  onPick: (type: NodeType) => void
}

const families = ['control', 'data', 'out', 'code']

/** The node types that can be put at a place: type to search, Enter takes. */
export function Palette({ document, types, place, onPick }: PaletteProps) {
  const { t, i18n } = useTranslation()
  const [typed, setTyped] = useState('')
  const atomic = inTransaction(parentsAt(document, place.branch), place.branch, types)
  const others = [...new Set(types.items.map(({ family }) => family))].filter((family) => !families.includes(family))
  const lately = recent().flatMap((name) => types.items.filter(({ type }) => type === name))
  const row = (type: NodeType, group: string) => (
    <Row key={type.type} type={type} group={group} refused={atomic && !mayJoin(type)} sync={type.rests && !type.any && document.trigger.config?.mode === 'sync'} onPick={onPick} />
  )
  const groups = (
    <>
      {lately.length > 0 && <Command.Group heading={t('editor:palette.recent')}>{lately.map((type) => row(type, 'recent'))}</Command.Group>}
      {[...families, ...others].map((family) => (
        <Command.Group key={family} heading={families.includes(family) ? t(`editor:family.${family}`) : family}>
          {types.items.filter((type) => type.family === family).map((type) => row(type, family))}
        </Command.Group>
      ))}
    </>
  )
  const all = [...new Set([...lately, ...types.items])]
  const found = ranked(all, typed, ({ type, title, help }) => ({ names: [type, title.en, title.zh], more: [pick(help, i18n.language)] }))
  return (
    <Command className="ed-palette" label={t('editor:palette.title')} shouldFilter={false} loop>
      {/* It opens when somebody asks for it, to be typed into. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <Command.Input className="ed-palette-input" placeholder={t('editor:palette.search')} value={typed} onValueChange={setTyped} autoFocus />
      <Command.List>
        {found.length === 0 && <p role="presentation" className="muted ed-palette-none">{t('editor:palette.none')}</p>}
        {typed.trim() !== '' ? <Command.Group>{found.map((type) => row(type, 'found'))}</Command.Group> : groups}
      </Command.List>
    </Command>
  )
}

function Row({ type, group, refused, sync, onPick }: { type: NodeType; group: string; refused: boolean; sync: boolean; onPick: (type: NodeType) => void }) {
  const { t, i18n } = useTranslation()
  const help = refused ? t('editor:problem.inTransaction') : sync ? t('editor:problem.waitsInSync') : firstSentence(pick(type.help, i18n.language))
  return (
    <Command.Item value={`${group} ${type.type}`} disabled={refused} onSelect={() => onPick(type)}>
      <TypeIcon icon={type.icon} family={familyOf(type)} size={26} />
      <span className="grow">
        <span>{pick(type.title, i18n.language)}</span>
        <span className={refused || sync ? 'ed-palette-help ed-warn' : 'ed-palette-help cut'}>{help}</span>
      </span>
    </Command.Item>
  )
}
