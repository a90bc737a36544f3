/** without is an object with some of its members left out. */
export function without<T extends object, N extends keyof T>(object: T, ...names: N[]): Omit<T, N> {
  const left = { ...object }
  for (const name of names) delete left[name]
  return left
}
