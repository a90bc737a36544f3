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

// deadlineAt is the deadline of the node that is active in the frame at depth.
func (s *strand) deadlineAt(depth int) (time.Time, *vertex) {
	f := s.frames[depth]
	if f.active == nil || f.active.deadline.IsZero() {
		return time.Time{}, nil
	}
	return f.active.deadline, f.block[f.next]
}

// hold begins the time of an attempt that goes on after this call of the node.
// Its error branch is no part of it.
func (s *strand) hold(a *activity, v *vertex) {
	if v.Timeout > 0 && a.deadline.IsZero() && a.catching == nil {
		a.deadline = s.Clock().Add(v.Timeout.Std())
	}
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
	s.leaveBehind(f.active, hookflow.StatusAborted)
	s.frames, f.active.strands, f.active.ended = s.frames[:depth+1], nil, nil
	return s.settleError(ctx, f, v, reason)
}

func late(v *vertex) error { return fmt.Errorf("the node's timeout of %s has passed", v.Timeout) }
