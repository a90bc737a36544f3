package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// deadline is when the first of the nodes around the walk's place has run out
// of its timeout, and which; zero when none has one.
func (s *strand) deadline() (first time.Time, of *vertex) {
	for depth := range s.frames {
		if at, v := s.deadlineAt(depth); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first, of = at, v
		}
	}
	return first, of
}

// deadlineAt is the deadline of the node whose branches the frames above depth
// walk.
func (s *strand) deadlineAt(depth int) (time.Time, *vertex) {
	f := s.frames[depth]
	if f.active == nil || depth == len(s.frames)-1 && f.active.strands == nil {
		return time.Time{}, nil
	}
	v := f.block[f.next]
	if v.Timeout <= 0 {
		return time.Time{}, nil
	}
	return f.active.started.Add(v.Timeout.Std()), v
}

// overdue is the depth of the outermost node that is late, or -1.
func (s *strand) overdue() int {
	now := time.Time{}
	for depth := range s.frames {
		at, _ := s.deadlineAt(depth)
		if at.IsZero() {
			continue
		}
		if now.IsZero() {
			now = s.Clock()
		}
		if !at.After(now) {
			return depth
		}
	}
	return -1
}

// expire stops all that runs under a node that is late: it has failed.
func (s *strand) expire(ctx context.Context, depth int) (bool, error) {
	f := s.frames[depth]
	v := f.block[f.next]
	reason := late(v)
	for _, child := range f.active.strands {
		child.closeAbove(-1, hookflow.StatusAborted, reason.Error())
	}
	s.closeAbove(depth, hookflow.StatusAborted, reason.Error())
	s.frames, f.active.strands, f.active.ended = s.frames[:depth+1], nil, nil
	return s.settleError(ctx, f, v, reason)
}

func late(v *vertex) error { return fmt.Errorf("the node's timeout of %s has passed", v.Timeout) }
