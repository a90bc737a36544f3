import { Link } from '@tanstack/react-router'
import { Modal, Popover, Skeleton } from 'antd'
import { CircleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Namer } from '@/api/env'
import { CopyButton } from '@/components/CopyButton'
import { ErrorState } from '@/components/ErrorState'
import { Failure } from '@/components/Failure'
import { useReturnFocus } from '@/components/useReturnFocus'

/** A part of a section: what it is about, what can be done, and its content. */
export function Section({ title, text, action, children }: { title?: string; text?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="settings-section">
      {(title || text || action) && (
        <header>
          <div className="grow">
            {title && <h2>{title}</h2>}
            {text && <p className="muted">{text}</p>}
          </div>
          {action}
        </header>
      )}
      {children}
    </section>
  )
}

/** What a query answers: bones before the first answer, what failed, what stands there when there is nothing, or its content. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div className="panel settings-pad settings-late" aria-busy>
      <Skeleton active title={false} paragraph={{ rows: 4, width: '100%' }} />
    </div>
  )
}

interface Query<T> {
  data: T | undefined
  isError: boolean
  error: unknown
  refetch: () => unknown
}

/** A table by its headings; a heading of null is one for the eyes of nobody. */
export function Table({ label, columns, busy, children }: { label: string; columns: (string | null)[]; busy?: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="panel settings-frame" tabIndex={-1}>
      <table className="settings-table" aria-label={label} aria-busy={busy}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column ?? index} scope="col">
                {column ?? <span className="sr-only">{t('settings:actions')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  children: (aria: { id: string; status: '' | 'error'; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode
}

/** A control with its label, a hint below it, and what is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, status: error ? 'error' : '', 'aria-invalid': Boolean(error), 'aria-describedby': `${id}-says` })}
      <div id={`${id}-says`}>
        {error && (
          <p role="alert" className="settings-wrong">
            <CircleAlert size={13} aria-hidden />
            {error}
          </p>
        )}
        {hint && <p className="settings-hint">{hint}</p>}
      </div>
    </div>
  )
}

interface DialogProps {
  title: string
  submit: string
  pending: boolean
  error: unknown
  /** Places that its fields show problems of. */
  shown?: readonly string[]
  danger?: boolean
  disabled?: boolean
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

/** Asks before something that cannot be taken back, or for what is needed to do it; failures show inside. */
export function Dialog({ title, submit, pending, error, shown, danger, disabled, onSubmit, onClose, children }: DialogProps) {
  const { t } = useTranslation()
  useReturnFocus()
  return (
    <Modal
      open
      title={title}
      okText={submit}
      cancelText={t('settings:cancel')}
      okButtonProps={{ danger, disabled }}
      confirmLoading={pending}
      onOk={onSubmit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!disabled && !pending) onSubmit()
        }}
      >
        {children}
        <Failure error={error} shown={shown} />
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </form>
    </Modal>
  )
}

/** What uses a thing: how many, and on demand which. */
export function UsedBy({ by = [] }: { by?: Namer[] }) {
  const { t } = useTranslation()
  if (by.length === 0) return <span className="muted">{t('settings:usedBy.nothing')}</span>
  const [first] = by
  if (by.length === 1 && first) return <NamerLink namer={first} />
  const list = (
    <ul className="settings-namers">
      {by.map((namer) => (
        <li key={namer.kind + namer.key}>
          <NamerLink namer={namer} />
        </li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" content={list} title={t('settings:usedBy.title')}>
      <button type="button" className="settings-link">
        {t('settings:usedBy.some', { count: by.length })}
      </button>
    </Popover>
  )
}

export function NamerLink({ namer: { kind, key, title } }: { namer: Namer }) {
  const text = title || key
  if (kind === 'channel')
    return (
      <Link to="/settings/$section" params={{ section: 'channels' }} search={{ edit: key }}>
        {text}
      </Link>
    )
  return (
    <Link to="/workflows/$key" params={{ key }}>
      {text}
    </Link>
  )
}

/** Something to type into a terminal. */
export function Command({ text }: { text: string }) {
  return (
    <div className="settings-command">
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} />
    </div>
  )
}

/** Names and values below each other. */
export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className="settings-facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
