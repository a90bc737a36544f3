import './list.css'

import { AutoComplete } from 'antd'
import { Search, X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
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

/** A search made of chips such as status:401. A suggestion that ends with a colon goes on to the value. */
export function SearchBar({ label, placeholder, chips, suggest, onAdd, onRemove }: SearchBarProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const add = (whole: string) => {
    if (whole.trim()) onAdd(whole.trim())
    setText('')
    setOpen(false)
  }
  const choose = (chosen: string) => (/[:.]$/.test(chosen) ? setText(chosen) : add(chosen))
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !isHighlighted(event.target)) add(text)
    if (event.key === 'Backspace' && text === '' && chips.length > 0) onRemove(chips.length - 1)
  }
  return (
    <div className="searchbar" role="search">
      <Search size={14} aria-hidden />
      {chips.map((chip, index) => (
        <span key={chip} className="searchbar-chip mono">
          <button type="button" title={t('common:editFilter', { filter: chip })} onClick={() => (onRemove(index), setText(chip))}>
            {chip}
          </button>
          <button type="button" aria-label={t('common:removeFilter', { filter: chip })} title={t('common:removeFilter', { filter: chip })} onClick={() => onRemove(index)}>
            <X size={13} aria-hidden />
          </button>
        </span>
      ))}
      <AutoComplete
        className="searchbar-input"
        variant="borderless"
        aria-label={label}
        placeholder={chips.length ? undefined : placeholder}
        value={text}
        open={open}
        onOpenChange={setOpen}
        onChange={(value: string) => setText(value ?? '')}
        onSelect={choose}
        defaultActiveFirstOption={false}
        popupMatchSelectWidth={360}
        options={suggest(text).map(({ text, hint }) => ({
          value: text,
          label: (
            <span className="searchbar-hint">
              <span className="mono cut">{text}</span>
              <span className="muted cut">{hint}</span>
            </span>
          ),
        }))}
        onInputKeyDown={press}
      />
    </div>
  )
}

// An option that the arrow keys have reached is taken by Enter, and not what was typed.
const isHighlighted = (input: EventTarget) => input instanceof Element && /\d$/.test(input.getAttribute('aria-activedescendant')?.replace(/-1$/, '') ?? '')
