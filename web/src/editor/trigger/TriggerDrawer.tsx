import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { useTriggerTypes } from '@/api/catalogue'
import { pick } from '@/app/i18n'
import { TypeIcon } from '@/components/TypeIcon'
import type { FlowDocument } from '@/flow/document'
import { trigger } from '@/flow/travel'
import type { FlowProblem } from '@/flow/validate'

import { changeDocument } from '../commands'
import { Form } from '../drawer/Form'
import { CloseButton } from '../drawer/NodeDrawer'
import { useProblemText } from '../parts/problemText'

/** How the flow is called. */
export function TriggerDrawer({ document, problems, readOnly }: { document: FlowDocument; problems: FlowProblem[]; readOnly: boolean }) {
  const { t, i18n } = useTranslation()
  const textOf = useProblemText()
  const { data: types = [] } = useTriggerTypes()
  const type = types.find((one) => one.type === document.trigger.type)
  return (
    <>
      <header className="ed-head">
        <TypeIcon icon={type?.icon} family="trigger" size={34} />
        <div className="grow">
          <h2>{t('editor:trigger')}</h2>
          <div className="ed-sub muted">{pick(type?.help, i18n.language)}</div>
        </div>
        <CloseButton nodeKey={trigger} />
      </header>
      <div className="ed-tab">
        <Select
          aria-label={t('editor:trigger')}
          value={document.trigger.type}
          disabled={readOnly}
          options={types.map((one) => ({ value: one.type, label: pick(one.title, i18n.language) }))}
          onChange={(next) => changeDocument((old) => ({ ...old, trigger: { type: next } }), 'trigger')}
        />
        {type && (
          <Form
            key={type.type}
            schema={type.schema}
            value={document.trigger.config ?? {}}
            problems={problems.map((problem) => ({ pointer: problem.pointer, text: textOf(problem) }))}
            readOnly={readOnly}
            onChange={(config) => changeDocument((old) => ({ ...old, trigger: { ...old.trigger, config } }), 'trigger')}
          />
        )}
      </div>
    </>
  )
}
