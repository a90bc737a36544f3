import type { Suggestion } from '@/components/SearchBar'

import { fields } from './filter'
import { reasons } from './reasons'

const statuses = [200, 202, 204, 400, 401, 403, 404, 405, 408, 413, 422, 429, 500, 503]
const methods = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE']
const most = 12

/** What the suggestions need to know. */
export interface Known {
  workflows: ReadonlyMap<string, string>
  t: (key: string) => string
}

/** suggest is what may be typed next: a field, or a value of the field that was begun. */
export function suggest(text: string, known: Known): Suggestion[] {
  const word = text.slice(text.lastIndexOf(' ') + 1)
  const before = text.slice(0, text.length - word.length)
  const [field, begun] = word.includes(':') ? [word.slice(0, word.indexOf(':')).toLowerCase(), word.slice(word.indexOf(':') + 1)] : ['', word]
  const found = field ? valuesOf(field, known) : fieldsOf(known)
  return found
    .filter(({ text, hint }) => (field ? `${text.slice(field.length + 1)} ${hint ?? ''}` : text).toLowerCase().includes(begun.toLowerCase()))
    .slice(0, most)
    .map((one) => ({ ...one, text: before + one.text }))
}

const fieldsOf = ({ t }: Known): Suggestion[] =>
  fields
    .filter((field) => field !== 'q')
    .map((field) => ({ text: field === 'header' || field === 'body' ? `${field}.` : `${field}:`, hint: t(`deliveries:field.${field}`) }))

function valuesOf(field: string, { workflows, t }: Known): Suggestion[] {
  switch (field) {
    case 'status':
      return statuses.map((status) => ({ text: `status:${status}` }))
    case 'method':
      return methods.map((method) => ({ text: `method:${method}` }))
    case 'reason':
      return reasons.map((reason) => ({ text: `reason:${reason}`, hint: t(`deliveries:reason.${reason}.title`) }))
    case 'workflow':
      return [...workflows].map(([key, title]) => ({ text: `workflow:${key}`, hint: title }))
    case 'test':
    case 'replay':
      return [
        { text: `${field}:true`, hint: t(`deliveries:flag.${field}.only`) },
        { text: `${field}:false`, hint: t(`deliveries:flag.${field}.none`) },
      ]
    default:
      return []
  }
}
