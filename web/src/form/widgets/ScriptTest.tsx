import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { ApiError, api, data } from '@/api/client'
import { useFormat } from '@/components/format'
import { JsonTree } from '@/components/json/JsonTree'
import { from as jsonOf } from '@/components/json/lossless'

import { look } from '../groups'
import { parsePath, referencesOf } from '../paths'
import type { Values } from '../plan'
import { useVariables, type VariableGroup } from '../variables'

/** Runs a script with the sample, outside of the workflow, and shows what it returned, wrote and threw. */
export function ScriptTest({ code, config }: { code: string; config: Values }) {
  const { t } = useTranslation()
  const format = useFormat()
  const groups = useVariables()
  const test = useMutation({ mutationFn: () => data(api.POST('/api/scripts/test', { body: bodyOf(code, config, groups) })) })
  const { data: answer, error } = test
  return (
    <div className="form-stack">
      <div className="row">
        <Button size="small" icon={<Play size={12} aria-hidden />} disabled={code.trim() === ''} loading={test.isPending} onClick={() => test.mutate()}>{t('form:script.test')}</Button>
        <span className="muted" role="status">{answer ? format.duration(answer.durationMs) : t('form:script.testHint')}</span>
      </div>
      {error && <p className="field-error" role="alert">{error instanceof ApiError ? [error.message, ...error.problem.errors.map(({ detail }) => detail)].join('; ') : String(error)}</p>}
      {answer?.error && (
        <p className="field-error mono" role="alert">
          {answer.error.line > 0 && `${t('form:script.line', { line: answer.error.line })} · `}
          {answer.error.message}
        </p>
      )}
      {answer && !answer.error && <div className="script-result"><JsonTree json={jsonOf(answer.result ?? null)} label={t('form:script.result')} maxHeight={260} /></div>}
      {answer?.logs && answer.logs.length > 0 && (
        <pre className="script-logs" aria-label={t('form:script.logs')}>{answer.logs.map(({ level, text }) => `${level.padEnd(5)} ${text}`).join('\n')}</pre>
      )}
    </div>
  )
}

/** bodyOf gives the script what it would see: the sample, the results known, and its params with their variables filled in. */
function bodyOf(code: string, { params, env, timeout }: Values, groups: VariableGroup[]) {
  const steps = Object.fromEntries(
    groups.filter(({ id }) => id.startsWith('node ')).map(({ id, items }) => [id.slice('node '.length), items[0]?.sample ?? null]),
  )
  const request = groups.find(({ id }) => id === 'request')?.items ?? []
  const whole = request.find(({ path }) => path === '$context')
  const context = whole ? whole.sample : Object.fromEntries(request.filter(({ sample }) => sample !== undefined).map(({ path, sample }) => [parsePath(path)?.steps[0] ?? '', sample]))
  return {
    code, context: context ?? null, steps,
    ...(params !== undefined && { params: filled(params, groups) }),
    ...(Array.isArray(env) && { env: env.map(String) }),
    timeout: typeof timeout === 'string' || typeof timeout === 'number' ? timeout : '5s',
  }
}

/** filled is a value with its variables replaced by what the sample says, as the server does it. */
export function filled(value: unknown, groups: VariableGroup[]): unknown {
  if (typeof value === 'string') return filledText(value, groups)
  if (Array.isArray(value)) return value.map((item) => filled(item, groups))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, groups)]))
}

function filledText(text: string, groups: VariableGroup[]): unknown {
  const references = referencesOf(text)
  const valueOf = (path: string) => look(groups, path).value ?? null
  const [only] = references
  if (only && only.from === 0 && only.to === text.length) return valueOf(only.path)
  let at = 0
  const parts = references.flatMap(({ from, to, path }) => {
    const before = text.slice(at, from)
    at = to
    const value = valueOf(path)
    return [before, value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)]
  })
  return parts.join('') + text.slice(at)
}
