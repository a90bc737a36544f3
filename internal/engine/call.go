package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// maxCalls bounds how deep workflows call each other.
const maxCalls = 10

// caller starts workflows for a node inside its transaction.
type caller struct {
	*run
	tx *store.Tx
}

var _ node.Workflows = caller{}

// Start implements node.Workflows.
func (c caller) Start(ctx context.Context, key string, input value.Value, wait bool) (hookflow.ID, error) {
	started := &hookflow.Execution{StartedBy: hookflow.StartedByCall, Depth: c.execution.Depth + 1, Input: input}
	if _, secret := c.masked(input); secret {
		return 0, errHandedOn
	}
	if started.Depth > maxCalls {
		return 0, fmt.Errorf("workflows call each other more than %d deep", maxCalls)
	}
	if wait {
		if err := c.refuseCircle(ctx, key); err != nil {
			return 0, err
		}
		started.ParentID = c.execution.ID
	}
	err := c.start(ctx, c.tx, key, started)
	return started.ID, err
}

// refuseCircle refuses a workflow whose execution waits for this one already:
// when only one of it may run at once, both would wait for ever.
func (c caller) refuseCircle(ctx context.Context, key string) (err error) {
	for e := c.execution; ; {
		if e.WorkflowKey == key {
			return fmt.Errorf("workflow %q waits for this one already: they call each other in a circle", key)
		}
		if e.ParentID == 0 {
			return nil
		}
		if e, err = c.Store.Execution(ctx, e.ParentID); err != nil {
			return fmt.Errorf("look at who called this workflow: %w", err)
		}
	}
}

// start begins the published revision of a workflow inside a transaction.
func (e *Engine) start(ctx context.Context, tx *store.Tx, key string, started *hookflow.Execution) error {
	row, err := e.Store.Workflow(ctx, key)
	switch {
	case err != nil:
		return fmt.Errorf("workflow %q: %w", key, err)
	case row.Published == 0:
		return hookflow.Errorf(hookflow.CodeNotFound, "workflow %q has no published revision", key)
	}
	plan, err := e.Plan(ctx, row.Published)
	if err != nil {
		return fmt.Errorf("workflow %q: %w", key, err)
	}
	now := e.Clock()
	started.ID, started.WorkflowID, started.WorkflowKey = e.Store.IDs().Next(), row.ID, row.Key
	started.RevisionID, started.Revision, started.Limit = row.Published, row.Number, plan.Options.Concurrency
	started.Status, started.CreatedAt, started.DueAt = hookflow.StatusQueued, now, now
	if started.Input == nil {
		started.Input = value.Raw("null")
	}
	if err := tx.InsertExecution(started); err != nil {
		return err
	}
	return e.Queue.Enqueue(tx, queue.Job{ID: started.ID, Workflow: row.ID, Limit: started.Limit})
}

// Ended implements node.Workflows.
func (c caller) Ended(ctx context.Context, id hookflow.ID) (node.Called, bool, error) {
	execution, err := c.Store.Execution(ctx, id)
	if err != nil {
		return node.Called{}, false, fmt.Errorf("look at the called execution %s: %w", id, err)
	}
	return node.Called{Status: execution.Status, Error: execution.Error, Output: execution.Output}, execution.Status.Ended(), nil
}

// wakeCaller has who waits for an execution's end go on.
func (e *Engine) wakeCaller(tx *store.Tx, ended *hookflow.Execution) error {
	if ended.ParentID == 0 {
		return nil
	}
	now := e.Clock()
	workflow, limit, parked, err := tx.WakeExecution(ended.ParentID, now)
	if err != nil {
		return fmt.Errorf("wake the calling execution: %w", err)
	}
	tx.OnCommit(func() { e.wakeUp(ended.ParentID) })
	if !parked {
		return nil
	}
	return e.Queue.Enqueue(tx, queue.Job{ID: ended.ParentID, Workflow: workflow, Limit: limit, Due: now})
}

// handleFailure starts the workflow that options.onError names, with the failed
// execution as its $context. The failure of such a handler starts none.
func (r *run) handleFailure(ctx context.Context, tx *store.Tx, status hookflow.Status, reason string) error {
	handler := r.plan.Options.OnError
	failed := status == hookflow.StatusFailed || status == hookflow.StatusError || status == hookflow.StatusAborted
	if handler == "" || !failed || r.execution.StartedBy == hookflow.StartedByError {
		return nil
	}
	report := (&value.Object{}).
		Set("id", value.String(r.execution.ID.String())).
		Set("workflow", value.String(r.execution.WorkflowKey)).
		Set("revision", value.Int(int64(r.execution.Revision))).
		Set("status", value.String(string(status))).
		Set("error", value.String(reason)).
		Set("startedBy", value.String(r.execution.StartedBy)).
		Set("createdAt", value.String(r.execution.CreatedAt.UTC().Format(time.RFC3339Nano))).
		Set("finishedAt", value.String(r.Clock().UTC().Format(time.RFC3339Nano)))
	if r.input != nil {
		report.Set("context", r.input.JSON())
	}
	err := r.start(ctx, tx, handler, &hookflow.Execution{StartedBy: hookflow.StartedByError, Input: report.Value()})
	switch hookflow.CodeOf(err) {
	case hookflow.CodeNotFound, hookflow.CodeInvalid:
		r.Logger.Error("the workflow that looks after failures cannot run", "workflow", r.execution.WorkflowKey, "on_error", handler, "error", err)
		return nil
	default:
		return err
	}
}

// orphan is an execution that nobody waits for any more.
type orphan struct {
	id     hookflow.ID
	status hookflow.Status
}

// leaveBehind notes that the node does not wait any more for what it has called.
func (r *run) leaveBehind(a *activity, status hookflow.Status) {
	if a.called == 0 {
		return
	}
	if status != hookflow.StatusAborted {
		status = hookflow.StatusCancelled
	}
	r.orphans = append(r.orphans, orphan{a.called, status})
	a.called = 0
}

// stopOrphans stops the executions whose callers are committed to have stopped.
func (r *run) stopOrphans(ctx context.Context) {
	for _, o := range r.orphans {
		r.stopOne(ctx, o.id, o.status)
	}
	r.orphans = nil
}

// stopCalled stops what an execution has called and waited for, once it was
// stopped itself.
func (e *Engine) stopCalled(ctx context.Context, parent hookflow.ID, status hookflow.Status) {
	called, err := e.Store.CalledBy(ctx, parent)
	if err != nil {
		e.Logger.Error("the executions that a stopped one had called go on", "execution", parent, "error", err)
		return
	}
	for _, id := range called {
		e.stopOne(ctx, id, status)
	}
}

func (e *Engine) stopOne(ctx context.Context, id hookflow.ID, status hookflow.Status) {
	err := e.Stop(ctx, id, status, "the execution that called it was stopped")
	if code := hookflow.CodeOf(err); err != nil && code != hookflow.CodeConflict && code != hookflow.CodeNotFound {
		e.Logger.Error("stop a called execution", "execution", id, "error", err)
	}
}
