package local

import "github.com/hookflow/hookflow"

// flow is what the queue knows of one workflow.
type flow struct {
	id      hookflow.ID
	fresh   *window              // new executions, oldest first
	parked  *window              // started ones, by due time
	started map[hookflow.ID]bool // those that hold a place; only of jobs with a limit
	running int                  // on workers
	resting int                  // on none, while they wait for a commit or an answer
	ringed  bool                 // in Queue.ring
	gone    map[hookflow.ID]bool // left memory while rows were being read: what was read of them is old
}

func newFlow(id hookflow.ID) *flow {
	f := &flow{id: id, started: map[hookflow.ID]bool{}, gone: map[hookflow.ID]bool{}}
	f.fresh, f.parked = newWindow(f, false), newWindow(f, true)
	return f
}

// next returns the execution that may run now, or nil.
func (f *flow) next(now int64) *entry {
	if e := f.parked.head(); e != nil && e.due <= now {
		return e
	}
	if e := f.fresh.head(); e != nil && f.admits(e) {
		return e
	}
	return nil
}

func (f *flow) admits(e *entry) bool {
	return e.limit == 0 || f.started[e.id] || len(f.started) < e.limit
}

// leave notes that an execution is not in memory.
func (f *flow) leave(id hookflow.ID) {
	if f.fresh.loading || f.parked.loading {
		f.gone[id] = true
	}
}

// idle reports whether the flow knows nothing that the database would not tell.
func (f *flow) idle() bool {
	empty := func(w *window) bool { return len(w.rows) == 0 && w.horizon == endless && !w.loading }
	return f.running+f.resting == 0 && len(f.started) == 0 && !f.ringed && empty(f.fresh) && empty(f.parked)
}
