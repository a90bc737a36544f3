// Package queue decides which execution a worker looks at next. The row in
// hf_executions is the truth: a queue only says "look at this row", and finds
// again by itself whatever a dead process or a full memory has forgotten.
package queue

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// Job is an execution that wants a worker.
type Job struct {
	ID, Workflow hookflow.ID

	// Limit is the workflow's concurrency: at most so many of its executions
	// are started and not ended at once. A parked execution keeps its place.
	// With 1 they run strictly in the order of their IDs; 0 is no limit.
	Limit int

	// Due is zero for a new execution, which is due at once. For a parked one
	// it is when to go on: the due_at of its row, past or future.
	Due time.Time

	// Here: a caller waits in this process, so this process must run it.
	Here bool

	// Memo is what this process knows already, to save the worker from reading
	// it. It is dropped when memory is short and absent after a restart. One
	// with a method Size() int counts as so many bytes, any other as 1 KiB.
	Memo any
}

// Claim is the right and the duty to run an execution. Whoever writes its rows
// must do so with the claim's epoch.
type Claim struct {
	ID    hookflow.ID
	Epoch int64
	Memo  any

	// Rest runs wait, which waits for a commit or for an answer from outside,
	// and leaves the worker to another execution meanwhile. It makes commits
	// large, and slow receivers harmless: a workflow of which very many rest
	// gets no more workers. Nil: there is nothing to gain.
	Rest func(wait func())
}

// Resting is how many claims may rest for each worker.
const Resting = 15

// Queue hands out executions. Rows are inserted with status queued and epoch 0.
type Queue interface {
	// Enqueue is called in the transaction that makes the execution's row due:
	// inserts it as queued, or parks it as waiting with due_at.
	Enqueue(tx *store.Tx, j Job) error

	// Ended is called in the transaction that ends an execution; its workflow's
	// place is free after that.
	Ended(tx *store.Tx, j Job) error

	// Run gives claims to work until ctx is done, at most Options.Workers at
	// once, then waits for the work in flight. The context of work is done
	// Options.Grace after ctx. Run is called once.
	//
	// It is fair: workflows take turns, and none may have more than three times
	// as many workers as are left to the others. A claim whose work returns
	// without a committed Enqueue or Ended is handed out again a little later.
	Run(ctx context.Context, work func(context.Context, Claim)) error

	// Depth is how many due executions wait for a worker, as far as this
	// process knows.
	Depth() int
}

// Options are common to the queues.
type Options struct {
	Workers int           // most claims at once; at least 1
	Grace   time.Duration // how long work may go on after Run's context is done
	Memory  int           // most waiting executions to remember, 65,536 when 0; the others are read again
	Clock   hookflow.Clock
	Logger  *slog.Logger

	// At returns a channel that gets a value at a time of Clock. When nil, that
	// is a timer.
	At func(time.Time) <-chan time.Time
}

const defaultMemory = 1 << 16

// Filled returns o with its defaults.
func (o Options) Filled() Options {
	o.Workers = max(o.Workers, 1)
	o.Memory = cmp.Or(o.Memory, defaultMemory)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.At == nil {
		clock := o.Clock
		o.At = func(t time.Time) <-chan time.Time { return time.After(t.Sub(clock())) }
	}
	return o
}

// In returns a channel that gets a value when d has passed.
func (o Options) In(d time.Duration) <-chan time.Time { return o.At(o.Clock().Add(d)) }

// Share is how many places a workflow may have for each one that it leaves
// free: one workflow alone may use three quarters of them, and however many are
// slow, some stay free for the next one. (It is the dynamic threshold of
// Choudhury and Hahne, "Dynamic queue length thresholds for shared-memory packet
// switches", 1998.)
const Share = 3

// Admits reports whether a workflow that has so many places may have one more
// of those that are free. The first is always its due.
func Admits(has, free int) bool {
	return free > 0 && (has == 0 || has+1 <= Share*(free-1))
}

// Work returns the context for work: done when grace has passed since ctx was
// done, or at the call of stop.
func (o Options) Work(ctx context.Context) (work context.Context, stop func()) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		select {
		case <-ctx.Done():
		case <-work.Done():
			return
		}
		select {
		case <-o.In(o.Grace):
			cancel()
		case <-work.Done():
		}
	}()
	return work, cancel
}

// Memos keeps the memory that memos take within a bound.
type Memos struct{ bytes int }

const (
	maxMemoBytes = 64 << 20
	memoBytes    = 1 << 10
)

// Keep returns the memo when there is room for it, else nil.
func (m *Memos) Keep(memo any) any {
	size := memoSize(memo)
	if m.bytes+size > maxMemoBytes {
		return nil
	}
	m.bytes += size
	return memo
}

// Drop gives back the room of a memo that Keep returned.
func (m *Memos) Drop(memo any) { m.bytes -= memoSize(memo) }

func memoSize(memo any) int {
	switch sized := memo.(type) {
	case nil:
		return 0
	case interface{ Size() int }:
		return sized.Size()
	default:
		return memoBytes
	}
}
