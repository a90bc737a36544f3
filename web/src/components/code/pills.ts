import { StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, WidgetType, keymap, type DecorationSet, type ViewUpdate } from '@codemirror/view'

import { referencesOf } from '@/form/paths'

/** What a pill says of the variable in it. */
export interface PillLook {
  label: string
  /** Shown on hover: the whole path and its current value. */
  title: string
  state: 'known' | 'unknown'
}

class Pill extends WidgetType {
  constructor(readonly look: PillLook) {
    super()
  }
  override eq(other: Pill) {
    return other.look.label === this.look.label && other.look.title === this.look.title && other.look.state === this.look.state
  }
  override toDOM() {
    const pill = document.createElement('span')
    pill.className = `pill pill-${this.look.state}`
    pill.textContent = this.look.label
    pill.title = this.look.title
    return pill
  }
  override ignoreEvent() {
    return false
  }
}

const unfold = StateEffect.define<number>()

/** Where the one pill begins that is shown as text, to be edited; until the cursor leaves it. */
const unfolded = StateField.define<number | null>({
  create: () => null,
  update(at, transaction) {
    for (const effect of transaction.effects) if (effect.is(unfold)) return effect.value
    if (at === null) return null
    const moved = transaction.changes.mapPos(at, -1)
    const head = transaction.state.selection.main.head
    const around = pillsOf(transaction.state).find(({ from }) => from === moved)
    return !around || (head >= around.from && head <= around.to) ? moved : null
  },
})

const pillsOf = (state: EditorState) => referencesOf(state.doc.toString()).filter(({ from, to }) => state.doc.lineAt(from).to >= to)

/** pills shows every {{path}} as one piece, which is deleted as one; Enter or a double click opens it as text. */
export function pills(lookOf: (path: string) => PillLook): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      pills: DecorationSet
      constructor(view: EditorView) {
        this.pills = draw(view.state, lookOf)
      }
      update({ docChanged, startState, state }: ViewUpdate) {
        if (docChanged || startState.field(unfolded) !== state.field(unfolded)) this.pills = draw(state, lookOf)
      }
    },
    { decorations: ({ pills: drawn }) => drawn, provide: (self) => EditorView.atomicRanges.of((view) => view.plugin(self)?.pills ?? Decoration.none) },
  )
  return [unfolded, plugin, mouse, keymap.of([{ key: 'Enter', run: openSelected }])]
}

function draw(state: EditorState, lookOf: (path: string) => PillLook): DecorationSet {
  const open = state.field(unfolded)
  return Decoration.set(
    pillsOf(state).filter(({ from }) => from !== open).map(({ from, to, path }): Range<Decoration> => Decoration.replace({ widget: new Pill(lookOf(path)) }).range(from, to)),
  )
}

const pillAt = (view: EditorView, target: EventTarget | null) => {
  if (!(target instanceof HTMLElement) || !target.classList.contains('pill')) return undefined
  const at = view.posAtDOM(target)
  return pillsOf(view.state).find(({ from, to }) => from <= at && at <= to)
}

const mouse = EditorView.domEventHandlers({
  mousedown(event, view) {
    const pill = pillAt(view, event.target)
    if (!pill || view.state.readOnly || event.detail > 1) return false
    view.focus()
    view.dispatch({ selection: { anchor: pill.from, head: pill.to } })
    event.preventDefault()
    return true
  },
  dblclick(event, view) {
    const pill = pillAt(view, event.target)
    if (!pill || view.state.readOnly) return false
    openPill(view, pill)
    return true
  },
})

function openPill(view: EditorView, { from, to }: { from: number; to: number }) {
  view.dispatch({ effects: unfold.of(from), selection: { anchor: to - 2 } })
}

function openSelected(view: EditorView) {
  const { from, to } = view.state.selection.main
  const pill = pillsOf(view.state).find((one) => one.from === from && one.to === to)
  if (!pill || view.state.readOnly) return false
  openPill(view, pill)
  return true
}
