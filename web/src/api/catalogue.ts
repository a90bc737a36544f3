import { useQuery } from '@tanstack/react-query'

import type { ServerText } from '@/app/i18n'

import { api, data } from './client'

/** A JSON Schema with the hints that the server adds for forms: see form/. */
export interface Schema {
  type?: string | string[]
  title?: string
  'x-zh-title'?: string
  description?: string
  'x-zh'?: string
  /** Name of the widget that edits the field; none: by its type. */
  'x-ui'?: string
  /** The text is taken as it is: no {{variables}}. */
  'x-literal'?: boolean
  /** A value that is never shown again. */
  'x-secret'?: boolean
  /** Shown only when more is asked for. */
  'x-more'?: boolean
  /** It means something only while the fields named have one of these values, or default to it. */
  'x-when'?: Record<string, unknown[]>
  /** Fields of other names here are never given together with it. */
  'x-alternative'?: { name: string; title: string; 'x-zh-title'?: string }
  /** Name of the widget that edits all fields with it in one. */
  'x-together'?: string
  examples?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  $ref?: string
  $defs?: Record<string, Schema>
}

export interface Branch {
  name: string
  title: ServerText
}

export interface Example {
  title: ServerText
  given?: Record<string, unknown>
  config: Record<string, unknown>
  fails: boolean
}

export interface NodeType {
  type: string
  title: ServerText
  help: ServerText
  icon: string
  family: string
  /** pure, internal, external …: what running it does to the world. */
  effect: string
  schema: Schema
  branches: Branch[]
  /** Name of the config field whose items name further branches, "" for none. */
  branchesFrom: string
  /** Whether branches of any name may be added. */
  any: boolean
  /** Name of the branch that is one database transaction. */
  atomic: string
  /** Whether it can wait, so that it may not stand in a transaction. */
  rests: boolean
  result: { help: ServerText; schema: Schema }
  examples: Example[]
}

export interface NodeTypes {
  items: NodeType[]
  /** What every node has beside its config. */
  common: { branches: Branch[]; schema: Schema }
}

export interface TriggerType {
  type: string
  title: ServerText
  help: ServerText
  icon: string
  schema: Schema
}

export interface SchemeType {
  key: string
  title: ServerText
  help: ServerText
  checks: ServerText
  schema: Schema
  sources: string[]
  /** Which kind of sender it is for. */
  group?: { key: string; title: ServerText }
  /** Whether it is one of those that most look for. */
  popular?: boolean
  /** The provider's own page about it. */
  home?: string
  /** What to do, from the provider's settings to the first request. */
  setup?: ServerText[]
  /** What tells its events apart: the first of these templates that is not empty. */
  id?: string[]
  /** What it asks the endpoint before it sends events. */
  handshake?: ServerText
  /** How long it waits for an answer, such as 10s. */
  deadline?: string
}

export interface ChannelType {
  type: string
  title: ServerText
  help: ServerText
  icon: string
  schema: Schema
  takes: string[]
  needs: string[]
  sources: string[]
}

// The catalogues change with the server's version only.
const fixed = { staleTime: Infinity, gcTime: Infinity }
const all = { params: { query: { limit: 1000 } } }

/** The node types, by which the canvas, the palette and the forms are drawn. */
export const useNodeTypes = () =>
  useQuery({ ...fixed, queryKey: ['node-types'], queryFn: async () => (await data(api.GET('/api/node-types', all))) as unknown as NodeTypes })

/** The trigger types. */
export const useTriggerTypes = () =>
  useQuery({
    ...fixed,
    queryKey: ['trigger-types'],
    queryFn: async () => ((await data(api.GET('/api/trigger-types', all))) as unknown as { items: TriggerType[] }).items,
  })

/** The verification schemes: providers and generic ones. */
export const useSchemes = () =>
  useQuery({
    ...fixed,
    queryKey: ['verification-schemes'],
    queryFn: async () => ((await data(api.GET('/api/verification-schemes', all))) as unknown as { items: SchemeType[] }).items,
  })

/** The channel types. */
export const useChannelTypes = () =>
  useQuery({
    ...fixed,
    queryKey: ['channel-types'],
    queryFn: async () => ((await data(api.GET('/api/channel-types', all))) as unknown as { items: ChannelType[] }).items,
  })
