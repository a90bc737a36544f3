import { useEffect } from 'react'
import { create } from 'zustand'

/** Something that can be done, for the command palette. */
export interface Command {
  id: string
  title: string
  /** Words that also find it. */
  words?: string[]
  run: () => void
}

interface Registry {
  commands: Command[]
  add: (commands: Command[]) => void
  remove: (commands: Command[]) => void
}

/** The commands of the pages that are shown now. */
export const useCommands = create<Registry>((set) => ({
  commands: [],
  add: (commands) => set((old) => ({ commands: [...old.commands, ...commands] })),
  remove: (commands) => set((old) => ({ commands: old.commands.filter((command) => !commands.includes(command)) })),
}))

/** usePageCommands offers commands in the palette for as long as the page is shown; deps say when they change. */
export function usePageCommands(commands: Command[], deps: unknown[]) {
  const { add, remove } = useCommands.getState()
  useEffect(() => {
    add(commands)
    return () => remove(commands)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, deps)
}
