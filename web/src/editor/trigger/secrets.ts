import type { Schema, SchemeType } from '@/api/catalogue'

type Config = Record<string, unknown>

/** Names of the fields that hold a scheme's shared secret: one, and where there can be several at once, all. */
export interface SecretNames {
  one: string
  many?: string
}

const pairs: SecretNames[] = [{ one: 'secret', many: 'secrets' }, { one: 'value', many: 'values' }, { one: 'password' }]

/** secretNames finds the fields of a scheme's shared secret; undefined when it has none, or several of its own kinds. */
export function secretNames(schema: Schema): SecretNames | undefined {
  const found = pairs.find(({ one }) => schema.properties?.[one]?.['x-secret'])
  if (!found) return undefined
  return found.many && schema.properties?.[found.many] ? found : { one: found.one }
}

/** secretsOf lists the shared secrets of a verification, the newest first. */
export function secretsOf(config: Config, { one, many }: SecretNames): string[] {
  const list = many === undefined ? [] : config[many]
  const texts = [config[one], ...(Array.isArray(list) ? (list as unknown[]) : [])]
  return texts.filter((text): text is string => typeof text === 'string' && text !== '')
}

/** withSecrets is a verification with other shared secrets. */
export function withSecrets(config: Config, { one, many }: SecretNames, secrets: string[]): Config {
  const rest = Object.fromEntries(Object.entries(config).filter(([name]) => name !== one && name !== many))
  if (secrets.length === 0) return rest
  return secrets.length === 1 || many === undefined ? { ...rest, [one]: secrets[0] } : { ...rest, [many]: secrets }
}

/** What the API sends in place of a secret that was given in the workflow itself. */
export const masked = '••••'

/** envName is the name of the variable that a text consists of; undefined when it is another text. */
export const envName = (text: string): string | undefined => /^\{\{\s*\$env\.([A-Za-z_]\w*)\s*\}\}$/.exec(text)?.[1]

/** envReference is a variable as a config names it. */
export const envReference = (name: string) => `{{$env.${name}}}`

/** proposeName is a free name for a secret, after the workflow it is for. */
export function proposeName(workflow: string, taken: ReadonlySet<string>): string {
  const base = `${workflow.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^(?=\d)/, '_')}_SECRET`
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`
    if (!taken.has(name)) return name
  }
}

/** generateSecret is 256 bits of chance, written as the scheme's senders take it. */
export function generateSecret(scheme: Pick<SchemeType, 'key'>): string {
  const base64 = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  // The specification of Standard Webhooks: the prefix, then base64.
  if (scheme.key === 'standard_webhooks' || scheme.key === 'svix') return `whsec_${base64}`
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
