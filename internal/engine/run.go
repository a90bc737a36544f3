package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// run is one execution while a worker has it.
type run struct {
	*Engine
	execution *hookflow.Execution
	plan      *Plan
	input     Input
	results   *results
	rest      func(wait func()) // gives the worker free for a while
	wake      chan struct{}     // a workflow that it called has ended

	mu       sync.Mutex // held by the strand that is at work
	root     *strand
	pending  []hookflow.Step // ended and not committed yet
	seq      int             // number of the next journal chunk
	steps    int             // that have ended
	recorded int             // bytes of their results, inputs and logs
	output   value.Value     // what the last output node said
	tx       *store.Tx       // the transaction that persist has open
	atomic   bool            // it is a transaction node's
	trial    *Trial          // nil for a usual run
	passed   bool            // the node that the trial ends after is done
	over     bool            // ended or given back: nothing more is written
	joins    map[*joining]bool
	orphans  []orphan // to be stopped after the next commit
}

// results are those of the nodes by key, the latest each. They have a lock of
// their own because nodes read them while they run.
type results struct {
	mu    sync.RWMutex
	byKey map[string]value.Value
}

func (r *results) get(key string) value.Value {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.byKey[key]
}

func (r *results) set(key string, result value.Value) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byKey[key] = result
}

// open makes a run from what this process knows, or else from the rows.
func (e *Engine) open(ctx context.Context, claim queue.Claim) (*run, error) {
	r := &run{Engine: e, results: &results{byKey: map[string]value.Value{}}, rest: claim.Rest, wake: e.wakeOf(claim.ID), joins: map[*joining]bool{}}
	r.root = &strand{run: r}
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
		r.input, err = r.LoadInput(ctx, r.execution)
		switch {
		case hookflow.CodeOf(err) == hookflow.CodeNotFound:
			return hookflow.Invalid("the request that started this execution was deleted")
		case err != nil:
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
	r.root.frames = nil
	if r.plan == nil {
		r.plan = &Plan{}
	}
	return r.root.finish(ctx, node.End{Status: hookflow.StatusError, Error: err.Error()})
}

// restore sets the walk to where the rows say it stands.
func (r *run) restore(ctx context.Context) error {
	if len(r.execution.State) == 0 {
		r.root.frames = []*frame{{block: r.plan.Root}}
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
	r.output = state.Output
	r.try(state.Trial)
	if len(state.Frames) == 0 {
		r.root.frames = []*frame{{block: r.plan.Root}}
		return nil
	}
	if err := r.root.restore(state.Frames); err != nil {
		return hookflow.Invalid(err.Error())
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
	r.root.each(func(s *strand) { s.recall(begun) })
	return nil
}

// recall gives the nodes that are begun the config that they began with.
func (s *strand) recall(begun map[string]*hookflow.Step) {
	for depth, f := range s.frames {
		if f.active == nil {
			continue
		}
		if step := begun[s.path(depth)]; step != nil && step.Attempt == f.active.attempt {
			f.active.recorded = true
			f.active.fix(f.block[f.next], value.Value(step.Input))
		}
	}
}

// keep makes a step's result what later nodes see.
func (r *run) keep(step *hookflow.Step) {
	r.results.set(step.NodeKey, value.Value(step.Output))
	for key, changed := range step.Assign {
		r.results.set(key, value.Value(changed))
	}
}

// walk runs node after node until the execution ends, parks or ctx is done.
func (r *run) walk(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.root
	if limit := s.plan.Options.Timeout.Std(); limit > 0 {
		var cancel context.CancelFunc
		left := s.execution.StartedAt.Add(limit).Sub(s.Clock())
		ctx, cancel = context.WithTimeoutCause(ctx, left,
			&stopped{hookflow.StatusAborted, fmt.Sprintf("the workflow's timeout of %s has passed", s.plan.Options.Timeout)})
		defer cancel()
	}
	over, err := s.walk(ctx)
	if err != nil || over {
		return err
	}
	return s.interrupted(ctx)
}

// walk runs the strand's nodes until nothing is left of it to do now; it is not
// over when ctx is done.
func (s *strand) walk(ctx context.Context) (over bool, err error) {
	for !over && err == nil {
		if s.done() {
			return true, nil
		}
		if ctx.Err() != nil {
			return false, nil
		}
		over, err = s.advance(ctx)
	}
	return over, err
}

// advance does what is next: a node, or what follows the last one of a branch.
func (s *strand) advance(ctx context.Context) (over bool, err error) {
	if late := s.overdue(); late >= 0 {
		return s.expire(ctx, late)
	}
	if s.through() {
		return true, s.finish(ctx, node.End{Status: hookflow.StatusSucceeded})
	}
	f := s.top()
	if f.next < len(f.block) {
		return s.step(ctx, f)
	}
	if s.leave(nil) {
		return true, s.finish(ctx, node.End{Status: hookflow.StatusSucceeded})
	}
	return false, nil
}

// interrupted ends the execution when somebody stopped it, and otherwise
// leaves it to whoever claims it next.
func (s *strand) interrupted(ctx context.Context) error {
	var stop *stopped
	if errors.As(context.Cause(ctx), &stop) {
		return s.finish(context.WithoutCancel(ctx), node.End{Status: stop.status, Error: stop.reason})
	}
	return s.release(context.WithoutCancel(ctx))
}

func (s *strand) top() *frame { return s.frames[len(s.frames)-1] }

// leaveBranch pops the top frame: its owner is called again and told how the
// branch ended.
func (s *strand) leaveBranch(err error) {
	branch := s.top().branch
	s.frames = s.frames[:len(s.frames)-1]
	s.top().active.ended = &node.Ended{Branch: branch, Err: err}
}

// path is where the active node of the frame at depth stands, such as
// "loop[3].save".
func (s *strand) path(depth int) string {
	f := s.frames[depth]
	return s.prefix(depth) + f.block[f.next].Key
}

// prefix is what the labels of the frames up to depth put before a path.
func (s *strand) prefix(depth int) string {
	prefix := s.at
	for _, f := range s.frames[:depth+1] {
		if f.label != "" {
			prefix += f.label + "."
		}
	}
	return prefix
}

func (s *strand) here() string { return s.path(len(s.frames) - 1) }

// knownRoots are what Lookup resolves paths of.
func knownRoots() []string {
	return []string{"$context", "$steps", "$jobsMapByNodeKey", "$scopes", "$env", "$system"}
}

// Lookup resolves a path of a template.
func (s *strand) Lookup(path value.Path) value.Value {
	switch path.Root {
	case "$context":
		return s.input.Lookup(path.Segments...)
	case "$steps", "$jobsMapByNodeKey":
		return first(path.Segments, s.results.get)
	case "$scopes":
		return first(path.Segments, s.scope)
	case "$env":
		return first(path.Segments, func(name string) value.Value {
			v, _ := s.variable(name)
			return v
		})
	case "$system":
		return first(path.Segments, s.system)
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

func (s *strand) scope(key string) value.Value {
	for ; s != nil; s = s.parent {
		for _, f := range slices.Backward(s.frames) {
			if f.owner != nil && f.owner.Key == key {
				return f.scope
			}
		}
	}
	return nil
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
	r.results.mu.RLock()
	defer r.results.mu.RUnlock()
	var steps value.Object
	for _, v := range r.plan.order {
		if result, ok := r.results.byKey[v.Key]; ok {
			steps.Set(v.Key, result)
		}
	}
	return steps.Value()
}
