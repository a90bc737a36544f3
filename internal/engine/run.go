package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// run is one execution while a worker has it. One goroutine owns it.
type run struct {
	*Engine
	execution *hookflow.Execution
	plan      *Plan
	input     Input
	results   map[string]value.Value // by node key, the latest
	frames    []*frame               // the walk, outermost first
	pending   []hookflow.Step        // ended and not committed yet
	seq       int                    // number of the next journal chunk
	steps     int                    // that have ended
	recorded  int                    // bytes of their results, inputs and logs
	tx        *store.Tx              // the transaction that persist has open
	rest      func(wait func())      // gives the worker free for a while
}

// open makes a run from what this process knows, or else from the rows.
func (e *Engine) open(ctx context.Context, claim queue.Claim) (*run, error) {
	r := &run{Engine: e, results: map[string]value.Value{}, rest: claim.Rest}
	if r.rest == nil {
		r.rest = func(wait func()) { wait() }
	}
	if memo, ok := claim.Memo.(*Memo); ok {
		r.execution, r.input = memo.Execution, memo.Input
	} else if execution, err := e.Store.Execution(ctx, claim.ID); err != nil {
		return nil, fmt.Errorf("load the execution: %w", err)
	} else {
		r.execution = execution
	}
	r.execution.Epoch = claim.Epoch
	if r.execution.StartedAt.IsZero() {
		r.execution.StartedAt = e.Clock()
	}
	if err := r.prepare(ctx); err != nil {
		return nil, r.abandon(ctx, err)
	}
	return r, nil
}

func (r *run) prepare(ctx context.Context) (err error) {
	if r.plan, err = r.Plan(ctx, r.execution.RevisionID); err != nil {
		return fmt.Errorf("compile the revision: %w", err)
	}
	if r.input == nil {
		if r.input, err = r.LoadInput(ctx, r.execution); err != nil {
			return fmt.Errorf("load the input: %w", err)
		}
	}
	return r.restore(ctx)
}

// abandon ends an execution that can never run, such as one whose revision
// this version cannot compile. Any other error leaves it to another attempt.
func (r *run) abandon(ctx context.Context, err error) error {
	if hookflow.CodeOf(err) != hookflow.CodeInvalid {
		return err
	}
	r.frames = nil
	if r.plan == nil {
		r.plan = &Plan{}
	}
	return r.finish(ctx, node.End{Status: hookflow.StatusError, Error: err.Error()})
}

// restore sets the walk to where the rows say it stands.
func (r *run) restore(ctx context.Context) error {
	if len(r.execution.State) == 0 {
		r.frames = []*frame{{block: r.plan.Root}}
		return nil
	}
	plain, err := r.unprotect(r.execution.State)
	if err != nil {
		return err
	}
	state, err := decodeState(plain)
	if err != nil {
		return err
	}
	r.seq, r.steps, r.recorded = state.Seq, state.Steps, state.Recorded
	for i := range state.Frames {
		f, err := state.Frames[i].restore(r.plan)
		if err != nil {
			return hookflow.Invalid(err.Error())
		}
		r.frames = append(r.frames, f)
	}
	return r.recall(ctx)
}

// recall reads the results of the steps that are committed.
func (r *run) recall(ctx context.Context) error {
	steps, err := r.Store.Journal(ctx, r.execution.ID)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	begun := map[string]*hookflow.Step{}
	for i := range steps {
		step := &steps[i]
		if err := r.unseal(step); err != nil {
			return err
		}
		if step.Status == hookflow.StatusRunning {
			begun[step.Path] = step
			continue
		}
		r.keep(step)
	}
	for depth, f := range r.frames {
		if f.active == nil {
			continue
		}
		if step := begun[r.path(depth)]; step != nil && step.Attempt == f.active.attempt {
			f.active.recorded = true
			f.active.fix(f.block[f.next], value.Value(step.Input))
		}
	}
	return nil
}

// keep makes a step's result what later nodes see.
func (r *run) keep(step *hookflow.Step) {
	r.results[step.NodeKey] = value.Value(step.Output)
	for key, changed := range step.Assign {
		r.results[key] = value.Value(changed)
	}
}

// walk runs node after node until the execution ends, parks or ctx is done.
func (r *run) walk(ctx context.Context) error {
	if limit := r.plan.Options.Timeout.Std(); limit > 0 {
		var cancel context.CancelFunc
		left := r.execution.StartedAt.Add(limit).Sub(r.Clock())
		ctx, cancel = context.WithTimeoutCause(ctx, left,
			&stopped{hookflow.StatusAborted, fmt.Sprintf("the workflow's timeout of %s has passed", r.plan.Options.Timeout)})
		defer cancel()
	}
	for {
		if ctx.Err() != nil {
			return r.interrupted(ctx)
		}
		f := r.top()
		if f.next == len(f.block) {
			if f.owner == nil {
				return r.finish(ctx, node.End{Status: hookflow.StatusSucceeded})
			}
			r.leaveBranch(nil)
			continue
		}
		if over, err := r.step(ctx, f); err != nil || over {
			return err
		}
	}
}

// interrupted ends the execution when somebody stopped it, and otherwise
// leaves it to whoever claims it next.
func (r *run) interrupted(ctx context.Context) error {
	var stop *stopped
	if errors.As(context.Cause(ctx), &stop) {
		return r.finish(context.WithoutCancel(ctx), node.End{Status: stop.status, Error: stop.reason})
	}
	return r.release(context.WithoutCancel(ctx))
}

func (r *run) top() *frame { return r.frames[len(r.frames)-1] }

// leaveBranch pops the top frame: its owner is called again and told how the
// branch ended.
func (r *run) leaveBranch(err error) {
	branch := r.top().branch
	r.frames = r.frames[:len(r.frames)-1]
	r.top().active.ended = &node.Ended{Branch: branch, Err: err}
}

// path is where the active node of the frame at depth stands, such as
// "loop[3].save".
func (r *run) path(depth int) string {
	prefix := ""
	for _, f := range r.frames[:depth+1] {
		if f.label != "" {
			prefix += f.label + "."
		}
	}
	f := r.frames[depth]
	return prefix + f.block[f.next].Key
}

func (r *run) here() string { return r.path(len(r.frames) - 1) }

// knownRoots are what Lookup resolves paths of.
func knownRoots() []string {
	return []string{"$context", "$steps", "$jobsMapByNodeKey", "$scopes", "$env", "$system"}
}

// Lookup resolves a path of a template.
func (r *run) Lookup(path value.Path) value.Value {
	switch path.Root {
	case "$context":
		return r.input.Lookup(path.Segments...)
	case "$steps", "$jobsMapByNodeKey":
		return first(path.Segments, func(key string) value.Value { return r.results[key] })
	case "$scopes":
		return first(path.Segments, r.scope)
	case "$env":
		return first(path.Segments, r.variable)
	case "$system":
		return first(path.Segments, r.system)
	default:
		return nil
	}
}

func first(segments []value.Segment, find func(string) value.Value) value.Value {
	if len(segments) == 0 {
		return nil
	}
	return find(string(segments[0])).Get(segments[1:]...)
}

func (r *run) scope(key string) value.Value {
	for i := len(r.frames) - 1; i > 0; i-- {
		if r.frames[i].owner.Key == key {
			return r.frames[i].scope
		}
	}
	return nil
}

func (r *run) variable(name string) value.Value {
	v, _ := r.Env.Variable(name)
	return v
}

func (r *run) system(name string) value.Value {
	switch name {
	case "now":
		return value.String(r.Clock().Format(time.RFC3339Nano))
	case "executionId":
		return value.String(r.execution.ID.String())
	case "workflowKey":
		return value.String(r.execution.WorkflowKey)
	case "instance":
		return value.String(r.Instance)
	default:
		return nil
	}
}

// stepsJSON is all results so far as one object, for scripts.
func (r *run) stepsJSON() value.Value {
	var steps value.Object
	for _, v := range r.plan.order {
		if result, ok := r.results[v.Key]; ok {
			steps.Set(v.Key, result)
		}
	}
	return steps.Value()
}
