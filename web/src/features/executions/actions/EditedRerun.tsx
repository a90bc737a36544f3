import { useNavigate } from '@tanstack/react-router'
import { Button, Modal, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useAgain, useContextText, useStepText } from '@/api/executions'
import { Code } from '@/components/code/Code'
import { parse, write } from '@/components/json/lossless'

import { dataOf } from '../data'
import { runsOf } from '../steps'
import { whole, type Run } from '../useRun'
import { Failed } from './Failed'
import { startsOf } from './starts'

/** Runs an execution again from a node, with another input or other results of the nodes before it. */
export function EditedRerun({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const again = useAgain()
  const starts = useMemo(() => startsOf(run), [run])
  const [from, setFrom] = useState(() => starts.find(({ key }) => key === (run.step?.nodeKey ?? run.failing?.nodeKey))?.key ?? starts[0]?.key)
  const [part, setPart] = useState(whole)
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map())
  const before = starts.find(({ key }) => key === from)?.before ?? []
  const shown = before.includes(part) ? part : whole
  const used = [...texts].filter(([key]) => key === whole || before.includes(key))
  const invalid = used.find(([, text]) => parse(text) === null)?.[0]
  const start = () => {
    const results = Object.fromEntries(used.filter(([key]) => key !== whole))
    const how = { by: 'same' as const, from, context: texts.get(whole), ...(Object.keys(results).length > 0 && { results }) }
    again.mutate({ execution: run.execution, how }, {
      onSuccess: (id) => {
        onClose()
        if (id) void navigate({ to: '/executions/$id', params: { id }, search: {} })
      },
    })
  }
  const nameOf = (key: string) => (key === whole ? t('executions:edited.context') : run.nameOf(key).title)
  const change = (text: string) => setTexts(new Map(texts).set(shown, text))
  return (
    <Modal
      open
      width={720}
      title={t('executions:edited.title')}
      onCancel={onClose}
      footer={[
        <Button key="no" onClick={onClose}>{t('executions:edited.close')}</Button>,
        <Button key="yes" type="primary" disabled={invalid !== undefined || from === undefined} loading={again.isPending} onClick={start}>{t('executions:edited.start')}</Button>,
      ]}
    >
      <div className="ex-form">
        <label>
          <span>{t('executions:edited.from')}</span>
          <Select value={from} onChange={setFrom} options={starts.map(({ key }) => ({ value: key, label: run.nameOf(key).title }))} showSearch={{ optionFilterProp: 'label' }} />
        </label>
        <p className="muted">{t('executions:edited.help')}</p>
        <label>
          <span>{t('executions:edited.part')}</span>
          <Select value={shown} onChange={setPart} options={[whole, ...before].map((key) => ({ value: key, label: texts.has(key) ? t('executions:edited.changed', { name: nameOf(key) }) : nameOf(key) }))} />
        </label>
        <Part key={shown} run={run} part={shown} text={texts.get(shown)} name={nameOf(shown)} onChange={change} />
        {invalid !== undefined && <p className="ex-warn" role="alert">{t('executions:edited.invalid', { name: nameOf(invalid) })}</p>}
        <Failed error={again.error} />
      </div>
    </Modal>
  )
}

interface PartProps {
  run: Run
  part: string
  text: string | undefined
  name: string
  onChange: (text: string) => void
}

const tooLarge = 256 << 10

function Part({ run, part, text, name, onChange }: PartProps) {
  const { t } = useTranslation()
  const given = useGiven(run, part)
  if (given === undefined) return <p className="muted">{t('executions:edited.reading')}</p>
  if (given.length > tooLarge && text === undefined) {
    return (
      <p className="row">
        <span className="muted">{t('executions:edited.large')}</span>
        <Button size="small" onClick={() => onChange(given)}>{t('executions:edited.openLarge')}</Button>
      </p>
    )
  }
  return <Code language="json" value={text ?? given} onChange={onChange} label={name} least={8} most={18} />
}

/** useGiven is what a part was, as JSON text. */
function useGiven(run: Run, part: string): string | undefined {
  const context = useContextText(run.execution.id, part === whole)
  const step = part === whole ? undefined : runsOf(run.steps, part).at(-1)
  const text = useStepText(run.execution.id, step?.path, step?.status)
  return useMemo(() => {
    if (part !== whole) return text.data === undefined ? undefined : (dataOf(text.data, 0)?.output ?? 'null')
    const json = context.data === undefined ? undefined : parse(context.data)
    return json ? write(json) : context.error ? 'null' : undefined
  }, [part, text.data, context.data, context.error])
}
