import type { ReactNode } from 'react'

/** What stands where there is nothing yet: what it would be, and what to do. */
export function EmptyState({ title, text, children, icon }: { title: string; text?: ReactNode; children?: ReactNode; icon?: ReactNode }) {
  return (
    <div style={{ display: 'grid', justifyItems: 'center', gap: 8, padding: '48px 24px', textAlign: 'center' }}>
      {icon && <div style={{ color: 'var(--muted)' }}>{icon}</div>}
      <h2>{title}</h2>
      {text && <p className="muted" style={{ maxWidth: 460 }}>{text}</p>}
      {children && <div className="row" style={{ marginTop: 8, flexWrap: 'wrap', justifyContent: 'center' }}>{children}</div>}
    </div>
  )
}
