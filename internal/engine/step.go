package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// maxPending and maxPendingBytes bound what waits for the next commit.
	maxPending      = 500
	maxPendingBytes = 1 << 20
	// maxSteps bounds the steps of one execution.
	maxSteps = 200_000
	// maxJournal bounds what the steps of one execution record, in bytes: the
	// journal is read whole to resume and to show it.
	maxJournal = 64 << 20
	// maxFrames bounds the nesting of a walk.
	maxFrames = hookflow.MaxDepth + 1
)

// step calls the node at the top frame's place and does what it answers. It
// reports whether the run is over: ended or parked.
func (s *strand) step(ctx context.Context, f *frame) (over bool, err error) {
	v := f.block[f.next]
	if s.steps >= maxSteps {
		return true, s.finish(ctx, node.End{Status: hookflow.StatusError, Error: fmt.Sprintf("more than %d steps", maxSteps)})
	}
	if s.recorded >= maxJournal {
		return true, s.finish(ctx, node.End{Status: hookflow.StatusError, Error: fmt.Sprintf(
			"the results and logs of the steps have more than %d MiB; keep less of each round, or split the work", maxJournal>>20)})
	}
	if v.Disabled {
		s.record(hookflow.Step{NodeKey: v.Key, Type: v.Type, Path: s.here(), Status: hookflow.StatusSkipped, StartedAt: s.Clock()})
		f.next++
		return false, nil
	}
	if f.active == nil && s.spare(v) {
		f.next++
		return false, nil
	}
	if f.active == nil {
		f.active = &activity{config: v.config, attempt: 1, started: s.Clock()}
	}
	switch {
	case f.active.strands != nil:
		return s.join(ctx, f)
	case f.active.catching != nil && f.active.ended != nil:
		return s.settleCaught(ctx, f, v)
	}
	switch v.typ.Effect {
	case node.Database:
		return s.stepDatabase(ctx, v)
	case node.External:
		return s.stepExternal(ctx, f, v)
	default:
		return s.stepPure(ctx, f, v)
	}
}

func (s *strand) stepPure(ctx context.Context, f *frame, v *vertex) (bool, error) {
	outcome, err := s.call(ctx, f.active, v, s.env(s.tx, v))
	if over, err := s.settle(ctx, f, v, outcome, err); err != nil || over {
		return over, err
	}
	if !s.atomic && (len(s.pending) >= maxPending || s.pendingBytes() >= maxPendingBytes) {
		return false, s.flush(ctx)
	}
	return false, nil
}

// stepExternal has what ran before on disk before the outside sees anything,
// and the result as soon as there is one.
func (s *strand) stepExternal(ctx context.Context, f *frame, v *vertex) (bool, error) {
	if v.Retry != nil && v.Retry.OnCrash == "fail" {
		if f.active.recorded {
			f.active.attempt = v.Retry.Attempts
			return s.settle(ctx, f, v, nil, errors.New("the process died while this node ran, and retry.onCrash is fail"))
		}
		f.active.recorded = true
		s.pending = append(s.pending, s.begun(v, f.active, s.here()))
	}
	if len(s.pending) > 0 {
		if err := s.flush(ctx); err != nil {
			return false, err
		}
		f = s.top()
	}
	var outcome node.Outcome
	var err error
	s.outside(func() { outcome, err = s.call(ctx, f.active, v, &s.Env) })
	if over, err := s.settle(ctx, f, v, outcome, err); err != nil || over {
		return over, err
	}
	return s.commitOrFinish(ctx)
}

// env is what a node can reach: inside a transaction, records are read and
// written there.
func (s *strand) env(tx *store.Tx, v *vertex) *node.Env {
	env := s.Env
	if tx != nil {
		by := Writer{s.execution.WorkflowID, s.execution.ID, v.Key}
		env.Records, env.Workflows = s.guarded(s.RecordsIn(tx, by)), caller{s.run, tx}
	}
	return &env
}

// errNode rolls the writes of a database node back because the node failed.
var errNode = errors.New("the node failed")

// stepDatabase commits the node's writes together with its step.
func (s *strand) stepDatabase(ctx context.Context, v *vertex) (over bool, _ error) {
	var failure error
	err := s.persist(ctx, func(tx *store.Tx) (err error) {
		f := s.top()
		outcome, err := s.call(ctx, f.active, v, s.env(tx, v))
		if failure = err; err != nil {
			return errNode
		}
		if over, err = s.settle(context.WithoutCancel(ctx), f, v, outcome, nil); err != nil || over {
			return err
		}
		over, err = s.commitOrFinish(ctx)
		return err
	})
	if errors.Is(err, errNode) {
		return s.settle(ctx, s.top(), v, nil, failure)
	}
	return over, err
}

// commitOrFinish commits what is pending: with the end of the execution, when
// nothing is left to run.
func (s *strand) commitOrFinish(ctx context.Context) (over bool, err error) {
	for f := s.top(); f.next == len(f.block) && len(s.frames) > 1 && f.owner.typ.Effect == node.Pure && f.branch != f.owner.typ.Atomic; f = s.top() {
		s.leaveBranch(nil)
		if over, err = s.step(ctx, s.top()); err != nil || over {
			return over, err
		}
	}
	if f := s.top(); f.next == len(f.block) && f.owner == nil {
		return true, s.finish(ctx, node.End{Status: hookflow.StatusSucceeded})
	}
	if len(s.pending) == 0 || s.atomic {
		return false, nil
	}
	return false, s.flush(ctx)
}

// call runs the node once, inside its timeout.
func (s *strand) call(ctx context.Context, a *activity, v *vertex, env *node.Env) (node.Outcome, error) {
	if limit := v.Timeout.Std(); limit > 0 && a.deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, late(v))
		defer cancel()
	}
	if deadline, v := s.deadline(); !deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, deadline.Sub(s.Clock()), late(v))
		defer cancel()
	}
	if err := s.mayRead(v); err != nil {
		return nil, err
	}
	readable := *env
	readable.Variable = s.variable
	run := node.Run{
		Workflow: s.execution.WorkflowKey, NodeKey: v.Key, Attempt: a.attempt, Now: s.Clock(), IdemKey: s.execution.ID.String() + "/" + s.here(),
		State: a.state, Branch: a.ended, Branches: a.branches, Scope: s, Names: v.own,
		Unresolved: v.config.Member, Context: s.input.JSON, Steps: s.stepsJSON, Env: &readable,
	}
	if a.input == nil {
		input, err := v.input.Render(s)
		if err != nil {
			return nil, fmt.Errorf("resolve the config: %w", err)
		}
		a.input = input
	}
	outcome, err := s.runNode(ctx, v, a.config, &run)
	a.logs = append(a.logs, run.LogLines...)
	var stop *stopped
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.As(cause, &stop) {
		err = cause
	}
	if partial, ok := errors.AsType[*node.Partial](err); ok {
		partial.Result = fitting(partial.Result)
	}
	return bounded(outcome), err
}

// bounded cuts what is too large to be kept.
func bounded(outcome node.Outcome) node.Outcome {
	switch o := outcome.(type) {
	case node.Done:
		o.Result, o.Output = fitting(o.Result), fitting(o.Output)
		for key, changed := range o.Assign {
			o.Assign[key] = fitting(changed)
		}
		return o
	case node.End:
		o.Result = fitting(o.Result)
		return o
	default:
		return outcome
	}
}

func fitting(result value.Value) value.Value {
	if len(result) <= node.MaxResult {
		return result
	}
	return node.Cut(result, int64(len(result)))
}

// runNode lets the other strands work meanwhile, unless a transaction is open.
func (s *strand) runNode(ctx context.Context, v *vertex, config *value.Tree, run *node.Run) (outcome node.Outcome, err error) {
	if s.tx != nil {
		return runSafely(ctx, v, config, run)
	}
	s.unlocked(func() { outcome, err = runSafely(ctx, v, config, run) })
	return outcome, err
}

// runSafely turns a panic of a node type, which is a mistake in the program,
// into an error of the node.
func runSafely(ctx context.Context, v *vertex, config *value.Tree, run *node.Run) (outcome node.Outcome, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("the %s node broke: %v", v.Type, failure)
		}
	}()
	return v.typ.Run(ctx, config, run)
}

// fix keeps the config as it was resolved for the calls that follow the first.
func (a *activity) fix(v *vertex, config value.Value) {
	a.input = config
	if !a.resolved && v.input == v.config && !v.config.IsStatic() {
		a.config, a.resolved = value.Literal(config), true
	}
}

// settle does what a call came to.
func (s *strand) settle(ctx context.Context, f *frame, v *vertex, outcome node.Outcome, err error) (over bool, _ error) {
	switch {
	case s.over:
		return true, nil // another strand has ended the execution
	case ctx.Err() != nil:
		return s.settleInterrupted(ctx, f, v, outcome, err)
	}
	if err != nil {
		return s.settleError(ctx, f, v, err)
	}
	switch o := outcome.(type) {
	case node.Done:
		return s.settleDone(f, v, o)
	case node.Enter:
		return s.settleEnter(ctx, f, v, o)
	case node.EnterAll:
		return s.settleEnterAll(ctx, f, v, o)
	case node.Wait:
		f.active.state, f.active.ended, f.active.called, s.calling = o.State, nil, o.Called, o.Called != 0
		s.hold(f.active, v)
		return true, s.park(ctx, o.Until)
	case node.End:
		if s.atomic && o.Status != hookflow.StatusSucceeded {
			return s.settleError(ctx, f, v, &node.Failure{Reason: o.Error}) // and so takes everything back
		}
		s.record(s.stepOf(v, f.active, hookflow.StatusSucceeded, o.Result, ""))
		f.active = nil
		return true, s.finish(ctx, o)
	default:
		return false, fmt.Errorf("node %s answered %T", v.Key, outcome)
	}
}

// settleInterrupted keeps the result of a node that was done all the same; the
// walk sees to the rest.
func (s *strand) settleInterrupted(ctx context.Context, f *frame, v *vertex, outcome node.Outcome, err error) (bool, error) {
	if done, ok := outcome.(node.Done); ok && err == nil {
		return s.settleDone(f, v, done)
	}
	var stop *stopped
	if errors.As(context.Cause(ctx), &stop) {
		s.record(s.stepOf(v, f.active, stop.status, nil, stop.reason))
		f.active = nil
	}
	return false, nil
}

func (s *strand) settleDone(f *frame, v *vertex, done node.Done) (bool, error) {
	if done.Output != nil {
		s.output = done.Output
	}
	step := s.stepOf(v, f.active, hookflow.StatusSucceeded, done.Result, "")
	if len(done.Assign) > 0 {
		step.Assign = map[string]jsonText{}
		for _, key := range slices.Sorted(maps.Keys(done.Assign)) {
			step.Assign[key] = jsonText(done.Assign[key])
		}
	}
	s.record(step)
	f.next, f.active = f.next+1, nil
	return false, nil
}

func (s *strand) settleEnter(ctx context.Context, f *frame, v *vertex, enter node.Enter) (bool, error) {
	if s.depth() >= maxFrames {
		return s.settleError(ctx, f, v, errTooDeep)
	}
	f.active.state, f.active.ended, f.active.branches = enter.State, nil, nil
	f.active.fix(v, f.active.input)
	s.hold(f.active, v)
	s.frames = append(s.frames, branchFrame(v, enter))
	if enter.Atomic {
		return s.atomically(ctx)
	}
	return false, nil
}

func branchFrame(v *vertex, enter node.Enter) *frame {
	label := ""
	if enter.Label != "" {
		label = v.Key + enter.Label
	}
	return &frame{owner: v, branch: enter.Branch, label: label, scope: enter.Scope, block: v.branches[enter.Branch]}
}

// settleError tries again, goes on, runs the error branch or fails, as the
// node says.
func (s *strand) settleError(ctx context.Context, f *frame, v *vertex, err error) (bool, error) {
	status := node.StatusOf(err)
	worthwhile, after := node.RetryOf(err)
	if v.Retry != nil && status == hookflow.StatusError && worthwhile && f.active.attempt < v.Retry.Attempts && !s.atomic {
		return true, s.retryLater(ctx, f, v, err, after)
	}
	switch v.OnError {
	case hookflow.OnErrorContinue:
		s.record(s.stepOf(v, f.active, status, node.ResultOf(err), err.Error()))
		s.pass(v.Key)
		f.next, f.active = f.next+1, nil
		return false, nil
	case hookflow.OnErrorBranch:
		f.active.catching, f.active.deadline = err, time.Time{}
		return s.settleEnter(ctx, f, v, node.Enter{Branch: node.BranchError, Scope: errorScope(err)})
	default:
		s.record(s.stepOf(v, f.active, status, node.ResultOf(err), err.Error()))
		f.active = nil
		return s.fail(ctx, err)
	}
}

// errorScope is what $scopes.<node> holds in its error branch.
func errorScope(err error) value.Value {
	scope := new(value.Object).Set("error", value.String(err.Error()))
	if result := node.ResultOf(err); result != nil {
		scope.Set("result", result)
	}
	return scope.Value()
}

// settleCaught ends a node whose error branch has run.
func (s *strand) settleCaught(ctx context.Context, f *frame, v *vertex) (bool, error) {
	a := f.active
	s.record(s.stepOf(v, a, node.StatusOf(a.catching), node.ResultOf(a.catching), a.catching.Error()))
	failed := a.ended.Err
	f.next, f.active = f.next+1, nil
	if failed != nil {
		return s.fail(ctx, failed)
	}
	s.pass(v.Key)
	return false, nil
}

// fail hands an error to the node whose branch this is, or ends the execution.
func (s *strand) fail(ctx context.Context, err error) (bool, error) {
	if partial, ok := errors.AsType[*node.Partial](err); ok {
		err = partial.Err // the result is the node's own
	}
	if !s.leave(err) {
		return false, nil
	}
	return true, s.finish(ctx, node.End{Status: node.StatusOf(err), Error: err.Error()})
}

// maxBackoff bounds the wait between two attempts.
const maxBackoff = time.Hour

func (s *strand) retryLater(ctx context.Context, f *frame, v *vertex, err error, after time.Duration) error {
	wait := max(backoff(v.Retry, f.active.attempt), min(after, maxBackoff))
	now := s.Clock()
	f.active.logs = append(f.active.logs, hookflow.Log{
		Level: "warn", At: now, Text: fmt.Sprintf("attempt %d: %s", f.active.attempt, err),
	})
	f.active.attempt++
	f.active.input, f.active.recorded, f.active.ended, f.active.branches = nil, false, nil, nil
	f.active.state, f.active.deadline, f.active.called = nil, time.Time{}, 0
	return s.park(ctx, now.Add(wait))
}

// backoff is how long to wait after an attempt. What grows is also spread over
// its upper half, so that those who failed together do not come back together
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
func backoff(retry *hookflow.Retry, attempt int) time.Duration {
	wait := retry.Interval.Std()
	if retry.Backoff != hookflow.BackoffExponential {
		return wait
	}
	for range attempt - 1 {
		wait = min(2*wait, maxBackoff)
	}
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // nobody gains by guessing it
}
