package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	// maxResult bounds one node's result, in bytes of JSON.
	maxResult = 5 << 20
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
func (r *run) step(ctx context.Context, f *frame) (over bool, err error) {
	v := f.block[f.next]
	if r.steps >= maxSteps {
		return true, r.finish(ctx, node.End{Status: hookflow.StatusError, Error: fmt.Sprintf("more than %d steps", maxSteps)})
	}
	if r.recorded >= maxJournal {
		return true, r.finish(ctx, node.End{Status: hookflow.StatusError, Error: fmt.Sprintf(
			"the results and logs of the steps have more than %d MiB; keep less of each round, or split the work", maxJournal>>20)})
	}
	if v.Disabled {
		r.record(hookflow.Step{NodeKey: v.Key, Type: v.Type, Path: r.here(), Status: hookflow.StatusSkipped, StartedAt: r.Clock()})
		f.next++
		return false, nil
	}
	if f.active == nil {
		f.active = &activity{config: v.config, attempt: 1, started: r.Clock()}
	}
	if f.active.catching != nil && f.active.ended != nil {
		return r.settleCaught(ctx, f, v)
	}
	switch v.typ.Effect {
	case node.Database:
		return r.stepDatabase(ctx, v)
	case node.External:
		return r.stepExternal(ctx, f, v)
	default:
		return r.stepPure(ctx, f, v)
	}
}

func (r *run) stepPure(ctx context.Context, f *frame, v *vertex) (bool, error) {
	outcome, err := r.call(ctx, f.active, v, &r.Env)
	if over, err := r.settle(ctx, f, v, outcome, err); err != nil || over {
		return over, err
	}
	if len(r.pending) >= maxPending || r.pendingBytes() >= maxPendingBytes {
		return false, r.flush(ctx)
	}
	return false, nil
}

// stepExternal has what ran before on disk before the outside sees anything,
// and the result as soon as there is one.
func (r *run) stepExternal(ctx context.Context, f *frame, v *vertex) (bool, error) {
	if v.Retry != nil && v.Retry.OnCrash == "fail" {
		if f.active.recorded {
			f.active.attempt = v.Retry.Attempts
			return r.settle(ctx, f, v, nil, errors.New("the process died while this node ran, and retry.onCrash is fail"))
		}
		f.active.recorded = true
		r.pending = append(r.pending, r.begun(v, f.active, r.here()))
	}
	if len(r.pending) > 0 {
		if err := r.flush(ctx); err != nil {
			return false, err
		}
		f = r.top()
	}
	var outcome node.Outcome
	var err error
	r.rest(func() { outcome, err = r.call(ctx, f.active, v, &r.Env) })
	if over, err := r.settle(ctx, f, v, outcome, err); err != nil || over {
		return over, err
	}
	return r.commitOrFinish(ctx)
}

// errNode rolls the writes of a database node back because the node failed.
var errNode = errors.New("the node failed")

// stepDatabase commits the node's writes together with its step.
func (r *run) stepDatabase(ctx context.Context, v *vertex) (over bool, _ error) {
	var failure error
	err := r.persist(ctx, func(tx *store.Tx) (err error) {
		f, env := r.top(), r.Env
		env.Records = r.RecordsIn(tx)
		outcome, err := r.call(ctx, f.active, v, &env)
		if failure = err; err != nil {
			return errNode
		}
		if over, err = r.settle(context.WithoutCancel(ctx), f, v, outcome, nil); err != nil || over {
			return err
		}
		over, err = r.commitOrFinish(ctx)
		return err
	})
	if errors.Is(err, errNode) {
		return r.settle(ctx, r.top(), v, nil, failure)
	}
	return over, err
}

// commitOrFinish commits what is pending: with the end of the execution, when
// nothing is left to run.
func (r *run) commitOrFinish(ctx context.Context) (over bool, err error) {
	for f := r.top(); f.next == len(f.block) && f.owner != nil && f.owner.typ.Effect == node.Pure; f = r.top() {
		r.leaveBranch(nil)
		if over, err = r.step(ctx, r.top()); err != nil || over {
			return over, err
		}
	}
	if f := r.top(); f.next == len(f.block) && f.owner == nil {
		return true, r.finish(ctx, node.End{Status: hookflow.StatusSucceeded})
	}
	if len(r.pending) == 0 {
		return false, nil
	}
	return false, r.flush(ctx)
}

// call runs the node once, inside its timeout.
func (r *run) call(ctx context.Context, a *activity, v *vertex, env *node.Env) (node.Outcome, error) {
	if limit := v.Timeout.Std(); limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, fmt.Errorf("the node's timeout of %s has passed", v.Timeout))
		defer cancel()
	}
	run := node.Run{
		Workflow: r.execution.WorkflowKey, NodeKey: v.Key, Attempt: a.attempt, Now: r.Clock(), IdemKey: r.execution.ID.String() + "/" + r.here(),
		State: a.state, Branch: a.ended, Scope: r, Context: r.input.JSON, Steps: r.stepsJSON, Env: env,
	}
	if a.input == nil {
		input, err := v.input.Render(r)
		if err != nil {
			return nil, fmt.Errorf("resolve the config: %w", err)
		}
		a.input = input
	}
	outcome, err := runSafely(ctx, v, a.config, &run)
	a.logs = append(a.logs, run.LogLines...)
	var stop *stopped
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.As(cause, &stop) {
		err = cause
	}
	if done, ok := outcome.(node.Done); ok && len(done.Result) > maxResult {
		return nil, fmt.Errorf("the result has %d bytes; at most %d are kept", len(done.Result), maxResult)
	}
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
func (r *run) settle(ctx context.Context, f *frame, v *vertex, outcome node.Outcome, err error) (over bool, _ error) {
	if ctx.Err() != nil {
		return r.settleInterrupted(ctx, f, v, outcome, err)
	}
	if err != nil {
		return r.settleError(ctx, f, v, err)
	}
	switch o := outcome.(type) {
	case node.Done:
		return r.settleDone(f, v, o)
	case node.Enter:
		return r.settleEnter(ctx, f, v, o)
	case node.Wait:
		f.active.state, f.active.ended = o.State, nil
		return true, r.park(ctx, o.Until)
	case node.End:
		r.record(r.ended(v, f.active, hookflow.StatusSucceeded, o.Result, ""))
		f.active = nil
		return true, r.finish(ctx, o)
	default:
		return false, fmt.Errorf("node %s answered %T", v.Key, outcome)
	}
}

// settleInterrupted keeps the result of a node that was done all the same; the
// walk sees to the rest.
func (r *run) settleInterrupted(ctx context.Context, f *frame, v *vertex, outcome node.Outcome, err error) (bool, error) {
	if done, ok := outcome.(node.Done); ok && err == nil {
		return r.settleDone(f, v, done)
	}
	var stop *stopped
	if errors.As(context.Cause(ctx), &stop) {
		r.record(r.ended(v, f.active, stop.status, nil, stop.reason))
		f.active = nil
	}
	return false, nil
}

func (r *run) settleDone(f *frame, v *vertex, done node.Done) (bool, error) {
	step := r.ended(v, f.active, hookflow.StatusSucceeded, done.Result, "")
	if len(done.Assign) > 0 {
		step.Assign = map[string]jsonText{}
		for _, key := range slices.Sorted(maps.Keys(done.Assign)) {
			step.Assign[key] = jsonText(done.Assign[key])
		}
	}
	r.record(step)
	f.next, f.active = f.next+1, nil
	return false, nil
}

func (r *run) settleEnter(ctx context.Context, f *frame, v *vertex, enter node.Enter) (bool, error) {
	if len(r.frames) >= maxFrames {
		return r.settleError(ctx, f, v, fmt.Errorf("branches nest deeper than %d", hookflow.MaxDepth))
	}
	f.active.state, f.active.ended = enter.State, nil
	f.active.fix(v, f.active.input)
	label := ""
	if enter.Label != "" {
		label = v.Key + enter.Label
	}
	r.frames = append(r.frames, &frame{
		owner: v, branch: enter.Branch, label: label, scope: enter.Scope, block: v.branches[enter.Branch],
	})
	return false, nil
}

// settleError tries again, goes on, runs the error branch or fails, as the
// node says.
func (r *run) settleError(ctx context.Context, f *frame, v *vertex, err error) (bool, error) {
	status := node.StatusOf(err)
	if v.Retry != nil && status == hookflow.StatusError && f.active.attempt < v.Retry.Attempts {
		return true, r.retryLater(ctx, f, v, err)
	}
	switch v.OnError {
	case hookflow.OnErrorContinue:
		r.record(r.ended(v, f.active, status, nil, err.Error()))
		f.next, f.active = f.next+1, nil
		return false, nil
	case hookflow.OnErrorBranch:
		f.active.catching = err
		return r.settleEnter(ctx, f, v, node.Enter{Branch: errorBranch, Scope: errorScope(err)})
	default:
		r.record(r.ended(v, f.active, status, nil, err.Error()))
		f.active = nil
		return r.fail(ctx, err)
	}
}

// errorScope is what $scopes.<node> holds in its error branch.
func errorScope(err error) value.Value {
	return (&value.Object{}).Set("error", value.String(err.Error())).Value()
}

// settleCaught ends a node whose error branch has run.
func (r *run) settleCaught(ctx context.Context, f *frame, v *vertex) (bool, error) {
	a := f.active
	r.record(r.ended(v, a, node.StatusOf(a.catching), nil, a.catching.Error()))
	failed := a.ended.Err
	f.next, f.active = f.next+1, nil
	if failed != nil {
		return r.fail(ctx, failed)
	}
	return false, nil
}

// fail hands an error to the node whose branch this is, or ends the execution.
func (r *run) fail(ctx context.Context, err error) (bool, error) {
	if r.top().owner != nil {
		r.leaveBranch(err)
		return false, nil
	}
	return true, r.finish(ctx, node.End{Status: node.StatusOf(err), Error: err.Error()})
}

// maxBackoff bounds the wait between two attempts.
const maxBackoff = time.Hour

func (r *run) retryLater(ctx context.Context, f *frame, v *vertex, err error) error {
	wait := v.Retry.Interval.Std()
	if v.Retry.Backoff == hookflow.BackoffExponential {
		for range f.active.attempt - 1 {
			wait = min(2*wait, maxBackoff)
		}
	}
	now := r.Clock()
	f.active.logs = append(f.active.logs, hookflow.Log{
		Level: "warn", At: now, Text: fmt.Sprintf("attempt %d: %s", f.active.attempt, err),
	})
	f.active.attempt++
	f.active.input, f.active.recorded, f.active.ended = nil, false, nil
	f.active.state = nil
	return r.park(ctx, now.Add(wait))
}
