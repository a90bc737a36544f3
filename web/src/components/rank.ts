/** The texts by which a thing is found. */
export interface Texts {
  /** What it is called, in any language. */
  names: string[]
  /** What else is said of it. */
  more?: string[]
}

/** ranked are the things that have every word that was typed somewhere in their texts: first those that have a name
 * which begins with the first word, then those with it inside a name, then the others. */
export function ranked<T>(things: readonly T[], typed: string, textsOf: (thing: T) => Texts): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const [first = ''] = words
  const place = (thing: T) => {
    const { names, more = [] } = textsOf(thing)
    const low = names.map((name) => name.toLowerCase())
    const all = [...low, ...more.map((text) => text.toLowerCase())]
    if (!words.every((word) => all.some((text) => text.includes(word)))) return Infinity
    return low.some((name) => name.startsWith(first)) ? 0 : low.some((name) => name.includes(first)) ? 1 : 2
  }
  const found = things.map((thing) => ({ thing, at: place(thing) })).filter(({ at }) => at < Infinity)
  return found.toSorted((a, b) => a.at - b.at).map(({ thing }) => thing)
}
