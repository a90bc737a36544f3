/** What to do about an error: the end of a text key. */
export type Advice = 'condition' | 'limit' | 'denied' | 'rateLimited' | 'theirs' | 'notFound' | 'unreachable' | 'timeout' | 'script' | 'retry' | 'other'

// By what the engine and the nodes write; the first that fits counts.
const signs: [RegExp, Advice][] = [
  [/\bthe limit is\b|more than \d+ (?:steps|MiB)|\blarger than \d+|nest deeper/, 'limit'],
  [/\banswered (?:401|403)\b/, 'denied'],
  [/\banswered 404\b/, 'notFound'],
  [/\banswered 429\b/, 'rateLimited'],
  [/\banswered 5\d\d\b/, 'theirs'],
  [/cannot be resolved|connection refused|connection reset|unreachable|certificate/, 'unreachable'],
  [/has not answered within|timeout of .+ has passed|timed out/, 'timeout'],
  [/^(?:\w*Error): /, 'script'],
]

/** adviceOf chooses it by how a step ended, and by the words of its error. */
export function adviceOf(status: string, error: string): Advice {
  if (status === 'failed') return 'condition'
  if (status === 'cancelled') return 'retry'
  const sign = signs.find(([pattern]) => pattern.test(error))
  return sign?.[1] ?? (status === 'aborted' ? 'timeout' : 'other')
}
