import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CircleAlert, ClipboardList, Plug, Send, SquareDashed, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ApiError } from '@/api/client'
import { useMay } from '@/api/session'
import { useSendSample } from '@/api/stats'
import { sentence } from '@/components/ErrorState'

const choices: { text: string; icon: LucideIcon; search: Record<string, string> }[] = [
  { text: 'provider', icon: Plug, search: { new: 'provider' } },
  { text: 'form', icon: ClipboardList, search: { new: 'template', template: 'form-to-customer' } },
  { text: 'blank', icon: SquareDashed, search: { new: 'blank' } },
]

/** What a server shows that has never got a request: one button makes the first one. */
export function FirstRun() {
  const { t } = useTranslation()
  const editor = useMay('editor')
  return (
    <div className="overview-first">
      <div className="overview-hero">
        <h2>{t('overview:first.title')}</h2>
        <p className="muted">{t('overview:first.text')}</p>
        {editor && <SendSample />}
      </div>
      {editor && (
        <>
          <h3 className="muted">{t('overview:first.or')}</h3>
          <div className="overview-row overview-choices">
            {choices.map(({ text, icon: Icon, search }) => (
              <Link key={text} to="/workflows" search={search} className="panel overview-choice">
                <Icon size={18} aria-hidden />
                <strong>{t(`overview:first.${text}.title`)}</strong>
                <span className="muted">{t(`overview:first.${text}.text`)}</span>
              </Link>
            ))}
          </div>
        </>
      )}
    </div>
  )
}

function SendSample() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const send = useSendSample()
  const submit = () =>
    send.mutate(undefined, {
      onSuccess: ({ execution, delivery }) =>
        void (execution ? navigate({ to: '/executions/$id', params: { id: execution } }) : navigate({ to: '/deliveries', search: { id: delivery.id } })),
    })
  return (
    <>
      <Button type="primary" size="large" icon={<Send size={15} />} loading={send.isPending} onClick={submit}>
        {t('overview:first.send')}
      </Button>
      {send.isError && (
        <p role="alert" className="row overview-bad">
          <CircleAlert size={14} aria-hidden />
          {failure(t, send.error)}
        </p>
      )}
    </>
  )
}

function failure(t: (key: string) => string, error: unknown): string {
  if (!(error instanceof ApiError)) return String(error)
  return error.problem.status === 404 ? t('overview:first.noSample') : `${sentence(t, error.problem.status)}: ${error.problem.detail}`
}
