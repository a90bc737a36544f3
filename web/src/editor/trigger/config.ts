import { changeDocument } from '../commands'

type Config = Record<string, unknown>

/** setTrigger changes some settings of the trigger; undefined takes one away. */
export function setTrigger(thing: string, changes: Config) {
  changeDocument(({ trigger, ...document }) => {
    const config = Object.fromEntries(Object.entries({ ...trigger.config, ...changes }).filter(([, value]) => !isNothing(value)))
    return { ...document, trigger: { ...trigger, config } }
  }, `trigger.${thing}`)
}

const isNothing = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && value !== null && Object.keys(value).length === 0)
