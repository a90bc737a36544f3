import type { FlowDocument } from '@/flow/document'

const reference = (name: string) => `{{$env.${name}}}`

const verificationOf = (document: FlowDocument) => document.trigger.config?.verification as Record<string, unknown> | undefined

function accepted(verification: Record<string, unknown> | undefined): string[] {
  if (typeof verification?.secret === 'string') return [verification.secret]
  return Array.isArray(verification?.secrets) ? verification.secrets.filter((one) => typeof one === 'string') : []
}

/** accepts reports whether requests are verified with a secret: alone or as one of several. */
export const accepts = (document: FlowDocument, name: string) => accepted(verificationOf(document)).includes(reference(name))

/** acceptsOthers reports whether requests would still be verified without a secret. */
export const acceptsOthers = (document: FlowDocument, name: string) => accepts(document, name) && accepted(verificationOf(document)).length > 1

/** withAnother accepts a new secret beside those that are accepted. */
export const withAnother = (document: FlowDocument, fresh: string) => withSecrets(document, [reference(fresh), ...accepted(verificationOf(document))])

/** without accepts a secret no more. */
export const without = (document: FlowDocument, name: string) =>
  withSecrets(
    document,
    accepted(verificationOf(document)).filter((one) => one !== reference(name)),
  )

function withSecrets(document: FlowDocument, secrets: string[]): FlowDocument {
  const { secret: _, secrets: __, ...rest } = verificationOf(document) ?? {}
  const verification = secrets.length === 1 ? { ...rest, secret: secrets[0] } : { ...rest, secrets }
  return { ...document, trigger: { ...document.trigger, config: { ...document.trigger.config, verification } } }
}

/** nextName is a name for the successor of a secret that nobody has yet: KEY, KEY_2, KEY_3 … */
export function nextName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/_\d+$/, '')
  for (let n = Number(/_(\d+)$/.exec(name)?.[1] ?? 1) + 1; ; n++) {
    const candidate = `${stem.slice(0, 60)}_${n}`
    if (!taken.includes(candidate)) return candidate
  }
}
