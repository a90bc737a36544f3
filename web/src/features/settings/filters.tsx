import { useNavigate, useSearch } from '@tanstack/react-router'
import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'

/** A text that stands in the URL, as one parameter of it. */
export function useParameter(name: string): [value: string | undefined, set: (value: string | undefined) => void] {
  const search = useSearch({ from: '/shell/settings/$section' })
  const navigate = useNavigate()
  const set = (value: string | undefined) => void navigate({ to: '.', search: { ...search, [name]: value || undefined }, replace: true })
  return [search[name] || undefined, set]
}

/** Narrows a list by a text, which stands in the URL. */
export function Filter({ label }: { label: string }) {
  const [q, setQ] = useParameter('q')
  return <FilterText className="settings-filter" label={label} value={q} onChange={setQ} />
}

const pause = 250 // ms after the last key

interface FilterTextProps {
  label: string
  className: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** A text that narrows a list, a moment after it was typed. */
export function FilterText({ label, className, value = '', onChange }: FilterTextProps) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  const [composing, setComposing] = useState(false)
  // Changed elsewhere, such as by clearing all filters.
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  useEffect(() => {
    if (composing || text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim() || undefined), pause)
    return () => clearTimeout(timer)
  }, [text, value, composing, onChange])
  return (
    <Input
      allowClear
      className={className}
      prefix={<Search size={14} aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  )
}
