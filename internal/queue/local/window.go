package local

import (
	"cmp"
	"container/heap"
	"math"

	"github.com/hookflow/hookflow"
)

// entry is an execution that the queue has in memory.
type entry struct {
	flow  *flow
	id    hookflow.ID
	limit int
	due   int64 // microseconds, when it is parked
	epoch int64
	memo  any

	within  *window // where it waits; nil while a worker has it
	index   int     // in within.rows
	settled bool    // ended, or enqueued again, since a worker has it
	ended   bool
}

// key orders the entries of a window.
type key struct {
	due int64
	id  hookflow.ID
}

var endless = key{math.MaxInt64, math.MaxInt64}

func (k key) before(other key) bool {
	return cmp.Or(cmp.Compare(k.due, other.due), cmp.Compare(k.id, other.id)) < 0
}

// window holds the head of an ordered set of rows; the tail is in the database
// only, when there is no room for it.
type window struct {
	flow    *flow
	parked  bool // ordered by due time and id, else by id
	rows    []*entry
	horizon key // every row before it is in memory
	beyond  int // rows known to be in the database only

	loading bool
	refused key // the first row that was refused while loading
}

func newWindow(f *flow, parked bool) *window {
	return &window{flow: f, parked: parked, horizon: endless, refused: endless}
}

// key returns the entry's place in the window.
func (w *window) key(e *entry) key {
	if w.parked {
		return key{e.due, e.id}
	}
	return key{0, e.id}
}

// head returns the first entry, unless an earlier one may be in the database.
func (w *window) head() *entry {
	if len(w.rows) == 0 || !w.key(w.rows[0]).before(w.horizon) {
		return nil
	}
	return w.rows[0]
}

func (w *window) add(e *entry) {
	e.within = w
	heap.Push(w, e)
}

func (w *window) remove(e *entry) {
	heap.Remove(w, e.index)
	e.within = nil
}

// refuse notes that a row is in the database only.
func (w *window) refuse(k key) {
	w.beyond++
	if w.loading && k.before(w.refused) {
		w.refused = k
	}
	if k.before(w.horizon) {
		w.horizon = k
	}
}

// loaded sets the horizon after rows up to next have been added. Rows refused
// meanwhile may have been missing from the answer.
func (w *window) loaded(next key) {
	w.horizon = next
	if w.refused.before(next) {
		w.horizon = w.refused
	}
	if w.horizon == endless {
		w.beyond = 0
	}
	w.loading, w.refused = false, endless
}

// The methods of heap.Interface.

func (w *window) Len() int           { return len(w.rows) }
func (w *window) Less(i, j int) bool { return w.key(w.rows[i]).before(w.key(w.rows[j])) }

func (w *window) Swap(i, j int) {
	w.rows[i], w.rows[j] = w.rows[j], w.rows[i]
	w.rows[i].index, w.rows[j].index = i, j
}

func (w *window) Push(x any) {
	e := x.(*entry) // only add pushes
	e.index = len(w.rows)
	w.rows = append(w.rows, e)
}

func (w *window) Pop() any {
	last := len(w.rows) - 1
	e := w.rows[last]
	w.rows[last] = nil
	w.rows = w.rows[:last]
	return e
}
