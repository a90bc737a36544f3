// Package engine runs executions. A revision compiles once into a Plan; an
// execution is a walk over the plan's tree whose whole state is its rows, so
// that it can be parked, resumed in any process, and continued after a crash.
// The engine knows node.Type and no concrete node.
//
// What is committed when follows from a node's effect. Pure results ride along
// with the next commit. A database node's writes and its step commit together.
// Before an external node starts, everything before it is committed; its own
// step is committed as soon as it ends.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Input is what started an execution: $context.
type Input interface {
	Lookup(segments ...value.Segment) value.Value
	JSON() value.Value
}

// Memo is what the process that accepted an execution knows about it already;
// without one the engine reads the same from the rows.
type Memo struct {
	Execution *hookflow.Execution
	Input     Input
	Bytes     int // about what Input takes in memory
}

// Size is about what the memo takes in memory, in bytes.
func (m *Memo) Size() int { return 1<<10 + m.Bytes }

// Deps are what the engine works with.
type Deps struct {
	Store  *store.Store
	Queue  queue.Queue
	Clock  hookflow.Clock
	Logger *slog.Logger
	Env    node.Env
	// RecordsIn returns records whose writes belong to a transaction and are a node's.
	RecordsIn func(*store.Tx, Writer) node.Records
	// LoadInput reads $context from what is stored.
	LoadInput func(context.Context, *hookflow.Execution) (Input, error)
	// Vault keeps secrets out of what is recorded.
	Vault Vault
	// Instance names this installation for $system.instance.
	Instance string
}

// Writer is the node that writes records.
type Writer struct {
	Workflow  hookflow.ID
	Execution hookflow.ID
	Node      string // key
}

// Vault masks secret values, and seals what must come back whole.
type Vault interface {
	// Mask returns b with every secret value in it replaced, and whether there
	// was one.
	Mask(b []byte) ([]byte, bool)
	// Hide returns what masks other values.
	Hide(values []string) func([]byte) []byte
	// OpenDocument gives a revision's document the secrets back that it holds sealed.
	OpenDocument(document []byte) []byte
	// IsSecret tells whether a variable of $env is one.
	IsSecret(name string) bool
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Result is how an execution ended.
type Result struct {
	Execution hookflow.ID
	Status    hookflow.Status
	Error     string
	Response  *hookflow.Response
	Output    value.Value
}

// Engine runs executions.
type Engine struct {
	Deps
	plans *planCache

	mu      sync.Mutex
	running map[hookflow.ID]context.CancelCauseFunc
	wakes   map[hookflow.ID]chan struct{} // of those that run
	waiters map[hookflow.ID][]chan Result
}

// New returns an engine.
func New(deps Deps) *Engine {
	return &Engine{
		Deps:    deps,
		plans:   newPlanCache(),
		running: map[hookflow.ID]context.CancelCauseFunc{},
		wakes:   map[hookflow.ID]chan struct{}{},
		waiters: map[hookflow.ID][]chan Result{},
	}
}

// stopped is the cause of a cancelled run that is meant to end.
type stopped struct {
	status hookflow.Status
	reason string
}

func (s *stopped) Error() string { return s.reason }

// Work runs a claimed execution until it ends, parks, or ctx is done; then it
// goes on from the last commit when somebody claims it again.
func (e *Engine) Work(ctx context.Context, claim queue.Claim) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if !e.enter(claim.ID, cancel) {
		return
	}
	defer e.stopLate(ctx, claim.ID)
	defer e.leave(claim.ID)
	r, err := e.open(ctx, claim)
	if r != nil && err == nil {
		err = r.walk(ctx)
	}
	switch {
	case err == nil, errors.Is(err, store.ErrFenced), ctx.Err() != nil:
	case hookflow.CodeOf(err) == hookflow.CodeNotFound:
		e.Logger.Info("execution is gone", "execution", claim.ID)
	default:
		e.Logger.Error("execution stopped where it was", "execution", claim.ID, "error", err)
	}
}

// stopLate ends an execution that was told to stop while it was parking, when it no longer listened:
// whoever told it has been promised that it stops.
func (e *Engine) stopLate(ctx context.Context, id hookflow.ID) {
	var told *stopped
	if !errors.As(context.Cause(ctx), &told) {
		return
	}
	err := e.end(context.WithoutCancel(ctx), id, told.status, told.reason)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeConflict && hookflow.CodeOf(err) != hookflow.CodeNotFound {
		e.Logger.Error("execution is not stopped", "execution", id, "error", err)
	}
}

// enter notes that an execution runs here; false when it does already.
func (e *Engine) enter(id hookflow.ID, cancel context.CancelCauseFunc) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.running[id] != nil {
		return false
	}
	e.running[id] = cancel
	e.wakes[id] = make(chan struct{}, 1)
	return true
}

func (e *Engine) wakeOf(id hookflow.ID) chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.wakes[id]
}

// wakeUp tells an execution, if it runs here, that one which it called has ended.
func (e *Engine) wakeUp(id hookflow.ID) {
	select {
	case e.wakeOf(id) <- struct{}{}:
	default: // it does not run here, or knows already
	}
}

func (e *Engine) leave(id hookflow.ID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.running, id)
	delete(e.wakes, id)
}

// Running reports whether an execution runs in this process.
func (e *Engine) Running(id hookflow.ID) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.running[id] != nil
}

// Watch returns a channel that gets the result of an execution that ends in
// this process, and a function that gives the channel up.
func (e *Engine) Watch(id hookflow.ID) (<-chan Result, func()) {
	done := make(chan Result, 1)
	e.mu.Lock()
	e.waiters[id] = append(e.waiters[id], done)
	e.mu.Unlock()
	return done, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.waiters[id] = remove(e.waiters[id], done)
		if len(e.waiters[id]) == 0 {
			delete(e.waiters, id)
		}
	}
}

func remove(list []chan Result, gone chan Result) []chan Result {
	kept := list[:0]
	for _, c := range list {
		if c != gone {
			kept = append(kept, c)
		}
	}
	return kept
}

// announce tells everyone who waits how an execution ended.
func (e *Engine) announce(result Result) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, waiter := range e.waiters[result.Execution] {
		waiter <- result
	}
	delete(e.waiters, result.Execution)
}

// Stop ends an execution as cancelled or aborted, wherever it runs. It answers
// CodeConflict when the execution has ended already.
func (e *Engine) Stop(ctx context.Context, id hookflow.ID, status hookflow.Status, reason string) error {
	e.mu.Lock()
	cancel := e.running[id]
	e.mu.Unlock()
	if cancel != nil {
		cancel(&stopped{status, reason})
		return nil
	}
	return e.end(ctx, id, status, reason)
}

// end ends an execution that does not run here.
func (e *Engine) end(ctx context.Context, id hookflow.ID, status hookflow.Status, reason string) error {
	execution, err := e.Store.Execution(ctx, id)
	if err != nil {
		return err
	}
	var ended bool
	err = e.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if ended, err = tx.EndExecution(id, status, reason, e.Clock()); err != nil || !ended {
			return err
		}
		if err := e.wakeCaller(tx, execution); err != nil {
			return err
		}
		return e.Queue.Ended(tx, queue.Job{ID: id, Workflow: execution.WorkflowID, Limit: execution.Limit})
	})
	if err != nil {
		return fmt.Errorf("stop execution: %w", err)
	}
	if !ended {
		return hookflow.Errorf(hookflow.CodeConflict, "execution %s has already ended", id)
	}
	e.announce(Result{Execution: id, Status: status, Error: reason})
	e.stopCalled(ctx, id, status)
	return nil
}
