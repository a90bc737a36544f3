import type { Schema } from '@/api/catalogue'

/** What somebody who is to send requests here needs to know. */
export interface PromptFacts {
  title: string
  url: string
  methods: string[]
  /** Title of the verification scheme, and what it checks. */
  scheme: string
  checks: string
  answer: string
  schema: Schema | undefined
  sample: unknown
  curl: string
}

/** The headings of the text, in the language of who copies it. */
export interface PromptWords {
  intro: string
  url: string
  methods: string
  proof: string
  answer: string
  sample: string
  schema: string
  curl: string
  rules: string
}

const longest = 4000
const fenced = (language: string, text: string) => `\`\`\`${language}\n${text.length > longest ? `${text.slice(0, longest)}\n…` : text.trimEnd()}\n\`\`\``
const json = (value: unknown) => fenced('json', JSON.stringify(value, null, 2))

/** setupPrompt is one text with all that a person or a coding agent needs to send requests to an endpoint. It holds
 * no secret. */
export function setupPrompt(words: PromptWords, facts: PromptFacts): string {
  const parts = [
    `# ${facts.title}`,
    words.intro,
    [`- ${words.url}: ${facts.url}`, `- ${words.methods}: ${facts.methods.join(', ')}`, `- ${words.proof}: ${facts.scheme} (${facts.checks})`, `- ${words.answer}: ${facts.answer}`].join('\n'),
    words.rules,
  ]
  if (facts.sample !== undefined) parts.push(`## ${words.sample}`, json(facts.sample))
  if (facts.schema) parts.push(`## ${words.schema}`, json(facts.schema))
  if (facts.curl) parts.push(`## ${words.curl}`, fenced('sh', facts.curl))
  return `${parts.join('\n\n')}\n`
}
