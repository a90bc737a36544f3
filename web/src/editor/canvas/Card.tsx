import { CircleAlert, EllipsisVertical, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'
import { typeOf } from '@/flow/branches'
import type { CardItem } from '@/flow/layout'
import { familyOf } from '@/flow/look'
import { didRun } from '@/flow/overlay'
import { summary, triggerSummary } from '@/flow/summary'
import { trigger } from '@/flow/travel'

import { Badge } from './Badge'
import { useCanvas } from './context'
import { draggedNode, Plus } from './Plus'

/** A node: what it is called and, in one line, what it does. */
export function NodeCard({ item }: { item: CardItem }) {
  const { t, i18n } = useTranslation()
  const { types, states, edit, current } = useCanvas()
  const { node } = item
  const type = typeOf(types, node.type)
  const typeTitle = pick(type?.title, i18n.language) || node.type
  const title = node.title || typeTitle
  const line = summary(node, type)
  const about = 'key' in line ? t(line.key, { count: line.count }) : line.text
  const state = states?.[node.key]
  return (
    <>
      <Face
        id={node.key}
        icon={<TypeIcon icon={type?.icon} family={familyOf(type)} />}
        title={title}
        line={about || (node.title ? typeTitle : node.key)}
        kind={typeTitle}
        faded={states !== undefined && !didRun(state)}
        disabled={node.disabled === true}
        status={state?.status}
      />
      {state && didRun(state) && <Badge state={state} />}
      {node.disabled && !state && <span className="fc-badge fc-is-skipped">{t('editor:disabled')}</span>}
      {edit && <More id={node.key} title={title} />}
      {item.plus && <Plus place={{ ...item.place, index: item.place.index + 1 }} after={title} reachable={current === node.key} />}
    </>
  )
}

/** The trigger: how the flow is called. */
export function TriggerCard() {
  const { t, i18n } = useTranslation()
  const { document, triggers, current } = useCanvas()
  const type = triggers?.find((one) => one.type === document.trigger.type)
  const title = pick(type?.title, i18n.language) || document.trigger.type
  return (
    <>
      <Face
        id={trigger}
        icon={<TypeIcon icon={type?.icon} family="trigger" />}
        title={title}
        line={triggerSummary(document) || t('editor:manual')}
        kind={t('editor:trigger')}
      />
      <Plus place={{ branch: [], index: 0 }} after={title} reachable={current === trigger} />
    </>
  )
}

interface FaceProps {
  id: string
  icon: ReactNode
  title: string
  line: string
  kind: string
  faded?: boolean
  disabled?: boolean
  status?: string
}

function Face({ id, icon, title, line, kind, faded, disabled, status }: FaceProps) {
  const { selected, current, wanted, focused, select, edit, problems } = useCanvas()
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wanted?.key !== id) return
    card.current?.focus({ preventScroll: true })
    focused()
  }, [wanted, id, focused])
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(draggedNode, id)
    event.dataTransfer.effectAllowed = 'move'
  }
  const classes = ['fc-card nopan', faded && 'fc-faded', disabled && 'fc-disabled', status && `fc-was-${status}`].filter(Boolean).join(' ')
  return (
    <div
      ref={card}
      className={classes}
      role="button"
      tabIndex={current === id ? 0 : -1}
      aria-pressed={selected === id}
      data-node={id}
      draggable={edit !== undefined && id !== trigger}
      onDragStart={drag}
      onClick={() => select(id)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        select(id)
      }}
    >
      {icon}
      <span className="fc-text">
        <span className="fc-title cut">{title}</span>
        <span className="fc-line cut">{line}</span>
      </span>
      <span className="sr-only">{kind}</span>
      <Problems of={problems.get(id === trigger ? '' : id)} />
    </div>
  )
}

function Problems({ of }: { of: { level: 'error' | 'warning' }[] | undefined }) {
  const { t } = useTranslation()
  if (!of || of.length === 0) return null
  const isError = of.some(({ level }) => level === 'error')
  const Icon = isError ? CircleAlert : TriangleAlert
  const name = t('editor:problems.count', { count: of.length })
  return (
    <span className={isError ? 'fc-problem' : 'fc-problem fc-warning'} title={name}>
      <Icon size={15} aria-hidden />
      <span className="sr-only">{name}</span>
    </span>
  )
}

function More({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation()
  const { edit, current } = useCanvas()
  const name = t('editor:menuOf', { name: title })
  return (
    <button type="button" className="fc-more nopan" tabIndex={current === id ? 0 : -1} aria-label={name} title={name} onClick={(event) => edit?.menu(id, event.currentTarget)}>
      <EllipsisVertical size={14} aria-hidden />
    </button>
  )
}
