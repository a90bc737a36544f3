import { Command } from 'cmdk'
import { useTranslation } from 'react-i18next'

import type { NodeType, NodeTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
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
  const { t } = useTranslation()
  const atomic = inTransaction(parentsAt(document, place.branch), place.branch, types)
  const others = [...new Set(types.items.map(({ family }) => family))].filter((family) => !families.includes(family))
  const lately = recent().flatMap((name) => types.items.filter(({ type }) => type === name))
  const row = (type: NodeType, group: string) => (
    <Row key={type.type} type={type} group={group} refused={atomic && !mayJoin(type)} sync={type.rests && !type.any && document.trigger.config?.mode === 'sync'} onPick={onPick} />
  )
  return (
    <Command className="ed-palette" label={t('editor:palette.title')} filter={rank} loop>
      {/* It opens when somebody asks for it, to be typed into. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <Command.Input className="ed-palette-input" placeholder={t('editor:palette.search')} autoFocus />
      <Command.List>
        <Command.Empty className="muted">{t('editor:palette.none')}</Command.Empty>
        {lately.length > 0 && <Command.Group heading={t('editor:palette.recent')}>{lately.map((type) => row(type, 'recent'))}</Command.Group>}
        {[...families, ...others].map((family) => (
          <Command.Group key={family} heading={families.includes(family) ? t(`editor:family.${family}`) : family}>
            {types.items.filter((type) => type.family === family).map((type) => row(type, family))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

function Row({ type, group, refused, sync, onPick }: { type: NodeType; group: string; refused: boolean; sync: boolean; onPick: (type: NodeType) => void }) {
  const { t, i18n } = useTranslation()
  const help = refused ? t('editor:problem.inTransaction') : sync ? t('editor:problem.waitsInSync') : firstSentence(pick(type.help, i18n.language))
  return (
    <Command.Item value={`${group} ${type.type}`} keywords={[type.type, type.title.en, type.title.zh, pick(type.help, i18n.language)]} disabled={refused} onSelect={() => onPick(type)}>
      <TypeIcon icon={type.icon} family={familyOf(type)} size={26} />
      <span className="grow">
        <span>{pick(type.title, i18n.language)}</span>
        <span className={refused || sync ? 'ed-palette-help ed-warn' : 'ed-palette-help cut'}>{help}</span>
      </span>
    </Command.Item>
  )
}

/** rank finds every word that was typed somewhere in a row; titles and types that begin with it come first. */
function rank(value: string, search: string, keywords: string[] = []): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const texts = keywords.map((text) => text.toLowerCase())
  if (!words.every((word) => texts.some((text) => text.includes(word)))) return 0
  const names = texts.slice(0, 3)
  const best = names.some((name) => name.startsWith(words[0] ?? '')) ? 1 : names.some((name) => name.includes(words[0] ?? '')) ? 0.7 : 0.3
  return value.startsWith('recent') ? best * 0.99 : best
}
