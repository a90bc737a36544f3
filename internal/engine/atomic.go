package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// maxAtomic bounds how long a transaction node may hold the database, also
// against its own timeout: everybody waits for it.
const maxAtomic = 2 * time.Second

var errAtomicTime = fmt.Errorf("a transaction may take no longer than %s", maxAtomic)

// atomically walks the branch of the top frame inside one transaction. When the
// branch fails nothing of it remains but the record of what was tried.
func (s *strand) atomically(ctx context.Context) (over bool, _ error) {
	limited, cancel := context.WithTimeoutCause(ctx, maxAtomic, errAtomicTime)
	defer cancel()
	results := s.results.copied()
	var failure error
	var tried []hookflow.Step
	err := s.persist(ctx, func(*store.Tx) (err error) {
		before := len(s.pending)
		over, failure, err = s.walkAtomic(limited)
		switch {
		case err != nil:
			return err
		case failure != nil:
			tried = slices.Clone(s.pending[before:])
			return errNode
		case over || len(s.pending) == 0:
			return nil
		default:
			return s.flush(ctx)
		}
	})
	if !errors.Is(err, errNode) {
		return over, err
	}
	s.results.replace(results)
	for i := range tried {
		s.record(undone(tried[i]))
	}
	s.leaveBranch(failure)
	return false, nil
}

// walkAtomic also returns what the branch failed with.
func (s *strand) walkAtomic(ctx context.Context) (over bool, failure, err error) {
	s.atomic = true
	defer func() { s.atomic = false }()
	for depth := len(s.frames); len(s.frames) >= depth && !over && err == nil; {
		if ctx.Err() != nil {
			return false, context.Cause(ctx), nil
		}
		over, err = s.advance(ctx)
	}
	if err == nil && !over {
		failure = s.top().active.ended.Err
	}
	return over, failure, err
}

// undone is the step of a node whose work was taken back.
func undone(step hookflow.Step) hookflow.Step {
	if step.Status == hookflow.StatusSucceeded {
		step.Status, step.Error = hookflow.StatusCancelled, "taken back with its transaction"
	}
	step.Output, step.Assign = nil, nil
	return step
}

func (r *results) copied() map[string]value.Value {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return maps.Clone(r.byKey)
}

func (r *results) replace(all map[string]value.Value) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byKey = all
}
