interface At {
  pointer: string
  text: string
}

/** within are the problems below a pointer, as a form of that part alone has them. */
export const within = (problems: readonly At[], pointer: string): At[] =>
  problems.flatMap((problem) => (problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`) ? [{ ...problem, pointer: problem.pointer.slice(pointer.length) }] : []))
