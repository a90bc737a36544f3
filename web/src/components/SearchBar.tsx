import './list.css'

import { Search, X } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

/** Something that may be typed next: the text, and what it means. */
export interface Suggestion {
  text: string
  hint?: string
}

interface SearchBarProps {
  label: string
  placeholder: string
  /** What is looked for, as people write it: one chip each. */
  chips: string[]
  suggest: (text: string) => Suggestion[]
  /** Called with what was typed, once it is complete. */
  onAdd: (text: string) => void
  onRemove: (index: number) => void
}

/** A search made of chips such as status:401. A suggestion that ends with a colon or a dot goes on to
 * what follows it. */
export function SearchBar({ label, placeholder, chips, suggest, onAdd, onRemove }: SearchBarProps) {
  const list = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1) // none
  const found = open ? suggest(text) : []
  const write = (next: string, stayOpen: boolean) => {
    setText(next)
    setOpen(stayOpen)
    setActive(-1)
  }
  const add = (whole: string) => {
    if (whole.trim()) onAdd(whole.trim())
    write('', false)
  }
  const choose = (chosen: string) => (/[:.]$/.test(chosen) ? write(chosen, true) : add(chosen))
  const keys: Record<string, () => void> = {
    ArrowDown: () => (open ? setActive(Math.min(active + 1, found.length - 1)) : setOpen(true)),
    ArrowUp: () => setActive(Math.max(active - 1, -1)),
    Enter: () => (found[active] ? choose(found[active].text) : add(text)),
    ...(found.length > 0 && { Escape: () => write(text, false) }),
    ...(text === '' && chips.length > 0 && { Backspace: () => onRemove(chips.length - 1) }),
  }
  const press = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className="searchbar" role="search">
      <Search size={14} aria-hidden />
      {chips.map((chip, index) => (
        <Chip key={chip} text={chip} onEdit={() => (onRemove(index), write(chip, true))} onRemove={() => onRemove(index)} />
      ))}
      <input
        className="searchbar-input mono"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found[active] && `${list}${active}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={chips.length ? undefined : placeholder}
        value={text}
        onChange={(event) => write(event.target.value, true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <Suggestions id={list} label={label} found={found} active={active} onChoose={choose} />
    </div>
  )
}

function Chip({ text, onEdit, onRemove }: { text: string; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation()
  const remove = t('common:removeFilter', { filter: text })
  return (
    <span className="searchbar-chip mono">
      <button type="button" title={t('common:editFilter', { filter: text })} onClick={onEdit}>
        {text}
      </button>
      <button type="button" aria-label={remove} title={remove} onClick={onRemove}>
        <X size={13} aria-hidden />
      </button>
    </span>
  )
}

interface SuggestionsProps {
  id: string
  label: string
  found: Suggestion[]
  active: number
  onChoose: (text: string) => void
}

function Suggestions({ id, label, found, active, onChoose }: SuggestionsProps) {
  return (
    <div id={id} className="searchbar-list" role="listbox" aria-label={label} hidden={found.length === 0}>
      {found.map(({ text, hint }, index) => (
        // The focus stays in the field, whose keys reach the options.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={text}
          id={`${id}${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(text)}
        >
          <span className="mono cut">{text}</span>
          <span className="muted cut">{hint}</span>
        </div>
      ))}
    </div>
  )
}
