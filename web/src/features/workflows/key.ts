const longest = 56 // the server takes 64: the rest is for what makes a key unique

/** keyOf is a key for a workflow with that title: what of it can stand in an address. A title without
 * any such letters, as a Chinese one, gives otherwise. */
export function keyOf(title: string, otherwise = 'workflow'): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{Mn}/gu, '').toLowerCase()
  const dashed = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, longest)
  return dashed.replaceAll(/^-+|-+$/g, '') || otherwise
}

/** What the server takes for a key. */
export const validKey = (key: string) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(key)
