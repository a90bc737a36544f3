package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

// maxStrands bounds the branches of one parallel node that are walked at once.
const maxStrands = 32

// settleEnterAll begins branches that run at once, each a strand of its own.
func (s *strand) settleEnterAll(ctx context.Context, f *frame, v *vertex, enter node.EnterAll) (bool, error) {
	if s.depth() >= maxFrames {
		return s.settleError(ctx, f, v, errTooDeep)
	}
	a := f.active
	a.state, a.ended, a.join = enter.State, nil, enter.Until
	a.fix(v, a.input)
	s.hold(a, v)
	a.strands = make([]*strand, len(enter.Branches))
	for i, branch := range enter.Branches {
		a.strands[i] = &strand{
			run: s.run, parent: s, at: s.prefix(len(s.frames) - 1), frames: []*frame{branchFrame(v, branch)},
		}
	}
	return s.join(ctx, f)
}

var errTooDeep = fmt.Errorf("branches nest deeper than %d", hookflow.MaxDepth)

// depth is how many frames the strand and those above it have.
func (s *strand) depth() int {
	depth := 0
	for ; s != nil; s = s.parent {
		depth += len(s.frames)
	}
	return depth
}

// join walks the strands of a node until they have done enough, or none has
// anything to do now: then it parks.
func (s *strand) join(ctx context.Context, f *frame) (over bool, _ error) {
	j := &joining{
		strand: s, active: f.active,
		back: make(chan error, len(f.active.strands)), nudge: make(chan struct{}, 1),
	}
	err := j.walk(ctx)
	late := s.overdue()
	switch {
	case err != nil || s.over:
		return true, err
	case ctx.Err() != nil:
		return false, nil // the walk sees to it
	case late >= 0:
		return s.expire(ctx, late)
	case !j.decided():
		return true, s.park(ctx, j.earliest())
	}
	s.settleJoin(f.active)
	return s.step(ctx, f)
}

// settleJoin closes what was still running, and tells the node how all ended.
func (s *strand) settleJoin(a *activity) {
	a.branches = make([]node.Ended, len(a.strands))
	for i, child := range a.strands {
		if child.ended == nil {
			branch := child.frames[0].branch
			child.closeAbove(-1, hookflow.StatusCancelled, node.ErrOvertaken.Error())
			child.ended = &node.Ended{Branch: branch, Err: node.ErrOvertaken}
		}
		a.branches[i] = *child.ended
	}
	a.strands = nil
}

// joining is a join while it goes on.
type joining struct {
	*strand
	active *activity
	atWork int
	back   chan error    // from each strand that stands still again
	nudge  chan struct{} // one that waited for a called workflow need not any more
}

// walk has as many strands at work as may be, until the join is decided or all
// that are left wait; when it returns none is at work.
func (j *joining) walk(ctx context.Context) (err error) {
	j.joins[j] = true
	defer delete(j.joins, j)
	inner, stop := context.WithCancelCause(ctx)
	if deadline, v := j.deadline(); !deadline.IsZero() {
		var cancel context.CancelFunc
		inner, cancel = context.WithTimeoutCause(inner, deadline.Sub(j.Clock()), &stopped{hookflow.StatusAborted, late(v).Error()})
		defer cancel()
	}
	for err == nil && ctx.Err() == nil && !j.over && !j.decided() && j.begin(inner) {
		err = j.await()
	}
	stop(&stopped{hookflow.StatusCancelled, node.ErrOvertaken.Error()})
	for j.atWork > 0 {
		err = errors.Join(err, j.await())
	}
	return err
}

// begin sets the strands to work that can, and reports whether any is.
func (j *joining) begin(ctx context.Context) bool {
	now := j.Clock()
	for _, child := range j.active.strands {
		if child.ended != nil || child.going || child.parked(now) || j.atWork == maxStrands || ctx.Err() != nil {
			continue
		}
		child.going, child.calling, child.due = true, false, time.Time{}
		j.atWork++
		go func() {
			child.mu.Lock()
			defer child.mu.Unlock()
			_, err := child.walk(ctx)
			child.going = false
			j.back <- err
		}()
	}
	return j.atWork > 0
}

// await waits until a strand stands still, or one that waits need not any more.
func (j *joining) await() (err error) {
	var alarm <-chan time.Time
	if due := j.earliest(); !due.IsZero() {
		timer := time.NewTimer(due.Sub(j.Clock()))
		defer timer.Stop()
		alarm = timer.C
	}
	var wake <-chan struct{}
	if j.parent == nil {
		wake = j.wake
	}
	stood, woken := false, false
	j.unlocked(func() {
		j.outside(func() {
			select {
			case err = <-j.back:
				stood = true
			case <-wake:
				woken = true
			case <-j.nudge:
			case <-alarm:
			}
		})
	})
	if stood {
		j.atWork--
	}
	if woken {
		j.rouse()
	}
	return err
}

// rouse has every strand look again that waits for a workflow that it called.
func (r *run) rouse() {
	r.root.each(func(s *strand) {
		if s.calling {
			s.due = time.Time{}
		}
	})
	for j := range r.joins {
		select {
		case j.nudge <- struct{}{}:
		default: // it has been told
		}
	}
}

func (j *joining) decided() bool {
	ended, succeeded := 0, 0
	for _, child := range j.active.strands {
		if child.ended != nil {
			ended++
			if child.ended.Err == nil {
				succeeded++
			}
		}
	}
	switch {
	case ended == len(j.active.strands):
		return true
	case j.active.join == node.JoinAny:
		return succeeded > 0
	case j.active.join == node.JoinRace:
		return ended > 0
	default:
		return false
	}
}

// earliest is when the first of the strands that wait is due, zero when none
// waits.
func (j *joining) earliest() (due time.Time) {
	for _, child := range j.active.strands {
		if child.ended == nil && !child.due.IsZero() && (due.IsZero() || child.due.Before(due)) {
			due = child.due
		}
	}
	return due
}
