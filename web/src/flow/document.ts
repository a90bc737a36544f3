/** A node of a workflow: contract, section 4. */
export interface FlowNode {
  key: string
  type: string
  title?: string
  config?: Record<string, unknown>
  /** Nodes of each branch by its name; a branch that is left out is empty. */
  branches?: Record<string, FlowNode[]>
  disabled?: boolean
  timeout?: string | number
  retry?: { attempts: number; backoff?: 'fixed' | 'exponential'; interval?: string | number; onCrash?: 'retry' | 'fail' }
  onError?: 'fail' | 'continue' | 'branch'
}

/** A workflow as a document: what the editor changes and the API keeps. */
export interface FlowDocument {
  kind: 'Workflow'
  key: string
  title?: string
  enabled?: boolean
  tags?: string[]
  options?: Record<string, unknown>
  trigger: { type: string; config?: Record<string, unknown> }
  nodes: FlowNode[]
}

/** Where a node stands: the branches that lead to it, outermost first, and its index in the last one. */
export interface Place {
  /** Pairs of a node's key and the name of its branch; empty on the main line. */
  branch: [node: string, branch: string][]
  index: number
}

/** What became of a node in one execution, as the canvas shows it. */
export interface NodeState {
  status: string
  durationMs?: number
  /** Rounds of a loop, attempts of a retry: how often it ran. */
  times?: number
  error?: string
}
