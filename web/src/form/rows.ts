import { childrenOf } from './groups'
import { short } from './looks'
import type { Variable, VariableGroup } from './variables'

/** A line of the list of variables. */
export type VariableRow = { kind: 'group'; id: string; title: string } | { kind: 'variable'; id: string; variable: Variable; depth: number; open: boolean | null }

const mostRows = 1000
const deepest = 8

/** rowsOf lists what is shown: what has been opened, or everything whose path or value has the text in it. */
export function rowsOf(groups: VariableGroup[], open: ReadonlySet<string>, query: string): VariableRow[] {
  const wanted = query.trim().toLowerCase()
  return groups
    .flatMap((group): VariableRow[] => {
      const inside = wanted ? matches(group.items, wanted) : opened(group.items, open, 0)
      return inside.length > 0 ? [{ kind: 'group', id: group.id, title: group.title }, ...inside] : []
    })
    .slice(0, mostRows)
}

function opened(variables: Variable[], open: ReadonlySet<string>, depth: number): VariableRow[] {
  return variables.flatMap((variable) => {
    const has = hasChildren(variable)
    const isOpen = has && open.has(variable.path)
    const row: VariableRow = { kind: 'variable', id: variable.path, variable, depth, open: has ? isOpen : null }
    return isOpen ? [row, ...opened(childrenOf(variable), open, depth + 1)] : [row]
  })
}

const hasChildren = ({ sample, children = [] }: Variable) => children.length > 0 || (typeof sample === 'object' && sample !== null && Object.keys(sample).length > 0)

/** matches goes through everything, each level before the next one, until there is enough. */
function matches(variables: Variable[], wanted: string): VariableRow[] {
  const found: VariableRow[] = []
  let seen = 0
  for (let level = variables, depth = 0; level.length > 0 && depth < deepest && found.length < 100 && seen < 20_000; depth++) {
    seen += level.length
    for (const variable of level) {
      const value = typeof variable.sample === 'object' ? '' : short(variable.sample, 200)
      if (`${variable.path} ${value}`.toLowerCase().includes(wanted)) found.push({ kind: 'variable', id: variable.path, variable, depth: 0, open: null })
    }
    level = level.flatMap((variable) => (hasChildren(variable) ? inside(variable) : []))
  }
  return found.slice(0, 100)
}

/** inside is what a search goes on with: of a list made of members of items, again only members, not its items. */
function inside(variable: Variable): Variable[] {
  const children = childrenOf(variable)
  return isMapped(variable) ? children.filter(isMapped) : children
}

const isMapped = ({ label }: Variable) => label.startsWith('*.')
