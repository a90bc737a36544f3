import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { WorkflowFilter } from '@/api/workflows'

const pause = 200 // ms after the last key

/** What narrows the list: it stands in the URL. */
export function Filters({ filter, tags }: { filter: WorkflowFilter; tags: string[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState(filter.q ?? '')
  const [composing, setComposing] = useState(false)
  const [shownFor, setShownFor] = useState(filter.q)
  if (shownFor !== filter.q) {
    // Somebody else changed the address: a link, the back button.
    setShownFor(filter.q)
    if (filter.q !== text.trim()) setText(filter.q ?? '')
  }
  useEffect(() => {
    if (composing || text.trim() === (filter.q ?? '')) return
    const timer = setTimeout(() => void navigate({ to: '/workflows', search: { tag: filter.tag, q: text.trim() || undefined }, replace: true }), pause)
    return () => clearTimeout(timer)
  }, [text, composing, filter.q, filter.tag, navigate])
  const shown = filter.tag && !tags.includes(filter.tag) ? [filter.tag, ...tags] : tags
  return (
    <div className="workflows-bar" role="search">
      <Input
        allowClear
        className="workflows-search"
        prefix={<Search size={14} aria-hidden />}
        aria-label={t('workflows:search')}
        placeholder={t('workflows:search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
      {shown.length > 0 && (
        <Select
          allowClear
          showSearch
          className="workflows-tag-filter"
          aria-label={t('workflows:tagFilter')}
          placeholder={t('workflows:tagFilter')}
          value={filter.tag ?? null}
          onChange={(tag: string | null) => void navigate({ to: '/workflows', search: { q: filter.q, tag: tag ?? undefined }, replace: true })}
          options={shown.map((tag) => ({ value: tag, label: tag }))}
        />
      )}
    </div>
  )
}
