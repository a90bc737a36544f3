import './palette.css'

import { useRouter } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { CornerDownLeft, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useSearchHits } from '@/api/search'

import { useActions, usePlaces, type Entry } from './entries'
import { hitEntry } from './hits'
import { recent, remember } from './recent'

/** Search and commands over any page: type, choose, Enter. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim().slice(0, 200))
  const hits = useSearchHits(words)
  const { history } = useRouter()
  const go = (to: string) => history.push(to)
  const places = usePlaces(go)
  const actions = useActions(go)
  const found = words && hits.data ? hits.data.map((hit) => hitEntry(t, hit, go)) : []
  const before = text === '' ? recent().map((kept) => ({ ...kept, run: () => go(kept.to) })) : []
  const choose = (entry: Entry) => {
    onClose()
    if (entry.to) remember({ id: entry.id, kind: entry.kind, title: entry.title, note: entry.note, to: entry.to })
    entry.run()
  }
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => open || onClose()}
      label={t('palette:label')}
      className="palette"
      overlayClassName="palette-overlay"
      contentClassName="palette-box"
      filter={fits}
      loop
    >
      <div className="row palette-head">
        <Search size={16} aria-hidden />
        <Command.Input autoFocus className="palette-input" placeholder={t('palette:placeholder')} value={text} onValueChange={setText} />
        <kbd aria-hidden>{'Esc'}</kbd>
      </div>
      <Command.List className="palette-list" label={t('palette:results')}>
        {!hits.isFetching && <Command.Empty className="palette-empty">{t('palette:nothing')}</Command.Empty>}
        <Group heading={t('palette:group.recent')} entries={before} onChoose={choose} />
        <Group heading={t('palette:group.found')} entries={found} onChoose={choose} always />
        <Group heading={t('palette:group.actions')} entries={actions} onChoose={choose} />
        <Group heading={t('palette:group.places')} entries={places} onChoose={choose} />
      </Command.List>
      <footer className="palette-foot muted">
        <CornerDownLeft size={12} aria-hidden /> {t('palette:hint')}
      </footer>
    </Command.Dialog>
  )
}

/** fits finds entries that hold every word, whatever its case. What the server found is marked to stay. */
function fits(value: string, search: string, keywords: string[] = []): number {
  if (keywords.includes(always)) return 1
  const text = [value, ...keywords].join(' ').toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word)) ? 1 : 0
}

const always = '\u0000always'

interface GroupProps {
  heading: string
  entries: Entry[]
  onChoose: (entry: Entry) => void
  always?: boolean
}

function Group({ heading, entries, onChoose, always: stay }: GroupProps) {
  if (entries.length === 0) return null
  return (
    <Command.Group heading={heading} className="palette-group">
      {entries.map((entry) => (
        <Command.Item
          key={entry.id}
          value={`${heading} ${entry.id}`}
          keywords={stay ? [always] : [entry.title, ...(entry.words ?? [])]}
          className="palette-item"
          onSelect={() => onChoose(entry)}
        >
          <span className="muted palette-kind">{entry.kind}</span>
          <span className="cut grow">{entry.title}</span>
          {entry.note && <span className="muted mono cut palette-note">{entry.note}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
