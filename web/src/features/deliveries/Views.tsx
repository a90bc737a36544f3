import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Popover } from 'antd'
import { Bookmark, X } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { useAddress } from './address'
import { hasFilter, keyOf, type LogSearch } from './filter'

interface View {
  name: string
  search: LogSearch
}

const key = 'hookflow.deliveries.views'
const most = 30

function read(): View[] {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '[]') as View[]).slice(0, most)
  } catch {
    return []
  }
}

/** Searches that this browser keeps by name. */
export function Views() {
  const { t } = useTranslation()
  const { search } = useAddress()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [views, setViews] = useState(read)
  const [name, setName] = useState('')
  const keep = (next: View[]) => {
    setViews(next)
    localStorage.setItem(key, JSON.stringify(next))
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    keep([{ name: name.trim(), search: keyOf(search) }, ...views.filter((view) => view.name !== name.trim())].slice(0, most))
    setName('')
  }
  const show = (view: View) => {
    setOpen(false)
    void navigate({ to: '/deliveries', search: view.search })
  }
  const panel = (
    <div className="dlv-views">
      {views.length === 0 && <p className="muted">{t('deliveries:views.none')}</p>}
      {views.map((view) => (
        <span key={view.name} className="row">
          <button type="button" className="dlv-view grow cut" onClick={() => show(view)}>
            {view.name}
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={t('deliveries:views.remove', { name: view.name })}
            title={t('deliveries:views.remove', { name: view.name })}
            onClick={() => keep(views.filter((one) => one !== view))}
          >
            <X size={13} />
          </button>
        </span>
      ))}
      {hasFilter(search) && (
        <form className="row" onSubmit={save}>
          <Input size="small" maxLength={60} aria-label={t('deliveries:views.name')} placeholder={t('deliveries:views.name')} value={name} onChange={(event) => setName(event.target.value)} />
          <Button size="small" htmlType="submit" disabled={!name.trim()}>
            {t('deliveries:views.save')}
          </Button>
        </form>
      )}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} content={panel}>
      <Button icon={<Bookmark size={14} />} aria-expanded={open} aria-label={t('deliveries:views.title')} title={t('deliveries:views.title')}>
        <span className="dlv-viewstext">{t('deliveries:views.title')}</span>
      </Button>
    </Popover>
  )
}
