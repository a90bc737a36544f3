import type { SchemeType } from '@/api/catalogue'
import type { FlowDocument } from '@/flow/document'
import { allNodes } from '@/flow/tree'

import { secretNames, secretsOf } from './secrets'

type Config = Record<string, unknown>

/** The steps in which a webhook is set up. */
export const steps = ['endpoint', 'callers', 'answer', 'filter'] as const
export type Step = (typeof steps)[number]

/** What a step's mark says: nothing is left to do; something is; something should be looked at; it may stay as it is. */
export type Mark = 'done' | 'todo' | 'warning' | 'free'

/** marksOf says how far a webhook has been set up; wrong is what the server finds that refuses requests. */
export function marksOf(document: FlowDocument, scheme: SchemeType | undefined, wrong: { path: boolean; verification: boolean }): Record<Step, Mark> {
  const config = document.trigger.config ?? {}
  const callers = ofCallers(config, scheme)
  return {
    endpoint: wrong.path ? 'warning' : 'done',
    callers: callers === 'done' && wrong.verification ? 'warning' : callers,
    answer: ofAnswer(document, config),
    filter: config.filter || config.dedupe || config.schema ? 'done' : 'free',
  }
}

function ofCallers(config: Config, scheme: SchemeType | undefined): Mark {
  const verification = verificationOf(config)
  if (!verification) return 'todo'
  if (verification.scheme === 'none') return 'warning'
  if (!scheme) return 'free' // the catalogue has not been read yet
  const names = secretNames(scheme.schema)
  const open = (scheme.schema.required ?? []).some((name) => verification[name] === undefined || verification[name] === '')
  return open || (names && secretsOf(verification, names).length === 0 && !hasOther(verification, names.one)) ? 'todo' : 'done'
}

// A public key, or keys of its own, can stand in for the shared secret.
const hasOther = (verification: Config, secret: string) => Object.keys(verification).some((name) => name !== secret && /key|jwks/i.test(name))

function ofAnswer(document: FlowDocument, config: Config): Mark {
  if (config.mode !== 'sync') return config.response ? 'done' : 'free'
  return allNodes(document.nodes).some(({ type, disabled }) => type === 'response' && !disabled) ? 'done' : 'warning'
}

/** verificationOf is how callers prove who they are; undefined while nothing was chosen. */
export function verificationOf(config: Config): (Config & { scheme: string }) | undefined {
  const { verification } = config
  if (typeof verification !== 'object' || verification === null || !('scheme' in verification) || typeof verification.scheme !== 'string') return undefined
  return { ...verification, scheme: verification.scheme }
}
