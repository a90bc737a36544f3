package queuetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
)

// process is one process on the database. Each of its claims is answered by
// the test.
type process struct {
	t     *testing.T
	time  *Time
	store *store.Store
	queue queue.Queue

	taken  chan *claim
	gone   chan struct{} // closed when the process is dead
	cancel context.CancelFunc
	ended  chan error // what Run returned
}

// claim is an execution that a worker has until its test calls release.
type claim struct {
	queue.Claim
	process *process
	ctx     context.Context //nolint:containedctx // of the work
	done    chan struct{}
}

// start lets the process run executions.
func (p *process) start() {
	ctx, cancel := context.WithCancel(p.t.Context())
	p.cancel, p.ended = cancel, make(chan error, 1)
	go func() { p.ended <- p.queue.Run(ctx, p.work) }()
	p.t.Cleanup(func() {
		p.die()
		<-p.ended //nolint:errcheck // stop is the one to judge it
	})
}

func (p *process) work(ctx context.Context, c queue.Claim) {
	held := &claim{c, p, ctx, make(chan struct{})}
	select {
	case p.taken <- held:
	case <-p.gone:
		return
	}
	select {
	case <-held.done:
	case <-p.gone:
	}
}

// die makes all work return without a word, and Run with it.
func (p *process) die() {
	select {
	case <-p.gone:
	default:
		close(p.gone)
		p.cancel()
	}
}

// stop stops the process gracefully.
func (p *process) stop() {
	p.t.Helper()
	p.cancel()
	if err := <-p.ended; err != nil {
		p.t.Errorf("Run: %v", err)
	}
	p.ended <- nil
}

// next waits for the next claim.
func (p *process) next() *claim {
	p.t.Helper()
	select {
	case c := <-p.taken:
		return c
	case err := <-p.ended:
		p.t.Fatalf("Run returned early: %v", err)
		return nil
	}
}

// expect waits for the next claim, which must be of id.
func (p *process) expect(id hookflow.ID) *claim {
	p.t.Helper()
	c := p.next()
	if c.ID != id {
		p.t.Fatalf("%s was handed out, not %s", c.ID, id)
	}
	return c
}

// expectAll waits for claims of all jobs, in any order.
func (p *process) expectAll(jobs ...queue.Job) map[hookflow.ID]*claim {
	p.t.Helper()
	claims := map[hookflow.ID]*claim{}
	for range jobs {
		c := p.next()
		claims[c.ID] = c
	}
	for _, j := range jobs {
		if claims[j.ID] == nil {
			p.t.Fatalf("%s was not handed out, but %v", j.ID, slices.Collect(maps.Keys(claims)))
		}
	}
	return claims
}

// expectNothingElse checks that nothing is handed out before a new job of a new
// workflow is; it needs a free worker.
func (p *process) expectNothingElse() {
	p.t.Helper()
	sentinel := p.job()
	p.enqueue(sentinel)
	p.expect(sentinel.ID).end(sentinel)
}

// job returns a new job of a new workflow.
func (p *process) job() queue.Job {
	return queue.Job{ID: p.store.IDs().Next(), Workflow: p.store.IDs().Next()}
}

// jobs returns new jobs of one new workflow.
func (p *process) jobs(n, limit int) []queue.Job {
	jobs, workflow := make([]queue.Job, n), p.store.IDs().Next()
	for i := range jobs {
		jobs[i] = queue.Job{ID: p.store.IDs().Next(), Workflow: workflow, Limit: limit}
	}
	return jobs
}

// enqueue inserts executions and enqueues them, all in one transaction.
func (p *process) enqueue(jobs ...queue.Job) {
	p.t.Helper()
	p.write(func(tx *store.Tx) error {
		for _, j := range jobs {
			err := tx.InsertExecution(&hookflow.Execution{
				ID: j.ID, WorkflowID: j.Workflow, RevisionID: 1, StartedBy: hookflow.StartedByManual,
				Status: hookflow.StatusQueued, Limit: j.Limit, CreatedAt: p.time.Now(),
			})
			if err := errors.Join(err, p.queue.Enqueue(tx, j)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *process) write(fn func(*store.Tx) error) {
	p.t.Helper()
	if err := p.store.Write(p.t.Context(), fn); err != nil {
		p.t.Fatal(err)
	}
}

// end ends the execution and frees the worker.
func (c *claim) end(j queue.Job) {
	c.process.t.Helper()
	c.process.write(func(tx *store.Tx) error { return c.commitEnd(tx, j) })
	c.release()
}

func (c *claim) commitEnd(tx *store.Tx, j queue.Job) error {
	err := tx.CommitExecution(&store.Commit{
		Execution: c.ID, Epoch: c.Epoch, Status: hookflow.StatusSucceeded, FinishedAt: c.process.time.Now(),
	})
	return errors.Join(err, c.process.queue.Ended(tx, j))
}

// park commits that the execution waits and frees the worker. Nothing is
// enqueued when due is zero.
func (c *claim) park(j queue.Job, due time.Time) {
	c.process.t.Helper()
	c.process.write(func(tx *store.Tx) error {
		err := tx.CommitExecution(&store.Commit{Execution: c.ID, Epoch: c.Epoch, Status: hookflow.StatusWaiting, DueAt: due})
		if due.IsZero() {
			return err
		}
		j.Due = due
		return errors.Join(err, c.process.queue.Enqueue(tx, j))
	})
	c.release()
}

// resume makes a parked execution due now.
func (p *process) resume(j queue.Job) {
	p.t.Helper()
	j.Due = p.time.Now()
	p.write(func(tx *store.Tx) error {
		tx.Queue(`UPDATE hf_executions SET due_at = ? WHERE id = ?`, j.Due.UnixMicro(), j.ID)
		return p.queue.Enqueue(tx, j)
	})
}

// begin commits that the execution runs.
func (c *claim) begin() {
	c.process.t.Helper()
	c.process.write(func(tx *store.Tx) error {
		return tx.CommitExecution(&store.Commit{Execution: c.ID, Epoch: c.Epoch, Status: hookflow.StatusRunning, StartedAt: c.process.time.Now()})
	})
}

// release has the work return.
func (c *claim) release() { close(c.done) }
