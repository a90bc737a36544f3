import type { Schemas } from '@/api/client'
import { parse, write, type Json } from '@/components/json/lossless'

/** What went into a step and came out, as JSON texts in which numbers are spelt as they were sent. */
export interface StepData {
  input: string | undefined
  output: string | undefined
  /** Results of earlier nodes that it changed, by key. */
  assign: string | undefined
  logs: Schemas['Log'][]
}

/** dataOf takes the nth step out of the text of a list of steps. */
export function dataOf(text: string, nth: number): StepData | undefined {
  const items = member(parse(text), 'items')
  const step = items?.type === 'array' ? items.items[nth] : undefined
  if (!step) return undefined
  const spelt = (name: string) => {
    const value = member(step, name)
    return value && write(value)
  }
  return { input: spelt('input'), output: spelt('output'), assign: spelt('assign'), logs: JSON.parse(spelt('logs') ?? '[]') as Schemas['Log'][] }
}

const member = (json: Json | null, name: string): Json | undefined => (json?.type === 'object' ? json.members.find(([key]) => key === name)?.[1] : undefined)
