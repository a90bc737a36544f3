import './form.css'

import { App } from 'antd'
import { useTranslation } from 'react-i18next'

import { reference } from './paths'
import { useTarget } from './target'
import { VariableTree } from './VariableTree'

/** The Variables tab: a click inserts into the field that had the focus last, or copies where there is none. */
export function VariablesPanel() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const target = useTarget((state) => state.target)
  const pick = async (path: string) => {
    if (target) return target.insert(reference(path))
    await navigator.clipboard?.writeText(reference(path))
    void message.info(t('form:variables.copied'))
  }
  return (
    <div className="variables-panel">
      <p className="muted">{target ? t('form:variables.target', { name: target.label }) : t('form:variables.noTarget')}</p>
      <VariableTree onPick={(path) => void pick(path)} />
    </div>
  )
}
