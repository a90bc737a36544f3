package engine

import (
	"time"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// strand is one line of a walk: the root, and beneath it one for each branch of
// a parallel node. The strands of a run take turns: whichever is at work holds
// the run's lock, and gives it up while its node runs.
type strand struct {
	*run
	parent *strand  // nil for the root
	frames []*frame // outermost first
	at     string   // what goes before the paths of its steps

	going   bool        // a goroutine walks it
	due     time.Time   // parked until then; zero when it is not
	calling bool        // parked until a workflow that it called has ended
	ended   *node.Ended // how the branch ended; nil while it has not, always nil for the root
}

// parked reports whether the strand waits at this time.
func (s *strand) parked(now time.Time) bool { return s.due.After(now) }

// each visits a strand and all beneath it, the innermost first.
func (s *strand) each(visit func(*strand)) {
	for _, f := range s.frames {
		if f.active != nil {
			for _, child := range f.active.strands {
				child.each(visit)
			}
		}
	}
	visit(s)
}

// outside waits for something that needs no worker. A branch of a parallel node
// has none to give: the root has done so for all.
func (s *strand) outside(wait func()) {
	if s.parent != nil {
		wait()
		return
	}
	s.rest(wait)
}

// unlocked lets the other strands work meanwhile.
func (s *strand) unlocked(wait func()) {
	s.mu.Unlock()
	defer s.mu.Lock()
	wait()
}

// leave ends the branch that the top frame walks, or the whole walk.
func (s *strand) leave(err error) (whole bool) {
	f := s.top()
	switch {
	case f.owner == nil:
		return true
	case len(s.frames) > 1:
		s.leaveBranch(err)
	default:
		s.ended = &node.Ended{Branch: f.branch, Err: err, Result: s.last(f)}
	}
	return false
}

// last is the result of a block's last node.
func (s *strand) last(f *frame) value.Value {
	if len(f.block) == 0 {
		return nil
	}
	return s.results.get(f.block[len(f.block)-1].Key)
}

// done reports whether nothing is left to walk.
func (s *strand) done() bool { return s.over || s.ended != nil }
