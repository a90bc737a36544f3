// Package accept is the durable hand-over: when Accept returns, the delivery,
// its execution and the queue entry are on disk, and only then may a caller be
// told so. Replays and manual runs enter here too, never through HTTP.
package accept

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/store"
)

// Service accepts work.
type Service struct {
	store     *store.Store
	queue     queue.Queue
	engine    *engine.Engine
	clock     hookflow.Clock
	maxQueued int
	draining  atomic.Bool
	answers   chan struct{} // a place for each answer that is being recorded
	recording sync.WaitGroup
}

// maxAnswers bounds the answers that are recorded while their callers go on.
const maxAnswers = 256

// New returns a service that takes nothing more while maxQueued executions
// wait for a worker.
func New(s *store.Store, q queue.Queue, e *engine.Engine, clock hookflow.Clock, maxQueued int) *Service {
	return &Service{
		store: s, queue: q, engine: e, clock: clock, maxQueued: maxQueued, answers: make(chan struct{}, maxAnswers),
	}
}

// Drain makes every further Accept answer CodeOverloaded.
func (s *Service) Drain() { s.draining.Store(true) }

// Draining reports whether Drain was called.
func (s *Service) Draining() bool { return s.draining.Load() }

// NewID returns an ID for a delivery.
func (s *Service) NewID() hookflow.ID { return s.store.IDs().Next() }

// maxSamples is how many requests to paths of no workflow are kept.
const maxSamples = 1000

// Record makes a delivery durable that runs nothing.
func (s *Service) Record(ctx context.Context, d *hookflow.Delivery, body []byte) error {
	packed, err := store.PackDelivery(d, body)
	if err != nil {
		return err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertDelivery(packed); err != nil || d.WorkflowID != 0 {
			return err
		}
		return tx.PruneSamples(maxSamples)
	})
	if err != nil {
		return fmt.Errorf("record the delivery: %w", err)
	}
	return nil
}

// Answered keeps what the caller of a sync delivery was answered, without
// making it wait for the disk.
func (s *Service) Answered(ctx context.Context, d *hookflow.Delivery) error {
	s.answers <- struct{}{}
	s.recording.Go(func() {
		defer func() { <-s.answers }()
		err := s.store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
			return tx.SetDeliveryAnswer(d.ID, d.Status, s.engine.MaskResponse(d.Answer))
		})
		if err != nil {
			s.engine.Logger.Warn("the answer of a delivery could not be recorded", "delivery", d.ID, "error", err)
		}
	})
	return nil
}

// Close waits for the answers that are being recorded.
func (s *Service) Close() { s.recording.Wait() }

// Webhook is an accepted request on its way to becoming an execution.
type Webhook struct {
	Delivery *hookflow.Delivery
	Body     []byte
	Input    engine.Input
	Revision hookflow.ID
	Number   int  // of the revision
	Limit    int  // the workflow's concurrency
	Sync     bool // the caller waits for the end
	Key      *Key // nil: a request like no other
}

// Accept makes a delivery and its execution durable, and with them its key. When
// another delivery has that already, the error is ErrDuplicate and nothing is
// kept. The ticket of a sync one must be waited for or closed.
func (s *Service) Accept(ctx context.Context, w *Webhook) (*Ticket, error) {
	if err := s.room(); err != nil {
		return nil, err
	}
	d := w.Delivery
	e := &hookflow.Execution{
		ID: s.store.IDs().Next(), WorkflowID: d.WorkflowID, WorkflowKey: d.WorkflowKey,
		RevisionID: w.Revision, Revision: w.Number, DeliveryID: d.ID, StartedBy: hookflow.StartedByWebhook,
		Limit: w.Limit,
	}
	d.ExecutionID = e.ID
	packed, err := store.PackDelivery(d, w.Body)
	if err != nil {
		return nil, err
	}
	memo := &engine.Memo{Execution: e, Input: w.Input, Bytes: len(w.Body)}
	return s.start(ctx, e, memo, w.Sync, func(tx *store.Tx) error {
		if err := s.claim(tx, w); err != nil {
			return err
		}
		return tx.InsertDelivery(packed)
	})
}

// claim takes the key of a request, if it has one.
func (s *Service) claim(tx *store.Tx, w *Webhook) error {
	if w.Key == nil {
		return nil
	}
	ok, err := tx.Claim(w.Delivery.WorkflowID, w.Key.Hash[:], w.Delivery.ID, s.clock(), w.Key.Expires)
	if err == nil && !ok {
		return ErrDuplicate
	}
	return err
}

// room refuses what cannot be taken now, before any work is done for it.
func (s *Service) room() error {
	if s.Draining() {
		return hookflow.Errorf(hookflow.CodeOverloaded, "the server is shutting down, try again in a moment")
	}
	if s.queue.Depth() >= s.maxQueued {
		return hookflow.Errorf(hookflow.CodeOverloaded, "%d executions wait already, try again later", s.maxQueued)
	}
	return nil
}

// start makes an execution durable together with what else belongs to it. One
// that is watched must be waited for or closed.
func (s *Service) start(ctx context.Context, e *hookflow.Execution, memo *engine.Memo, watch bool, also func(*store.Tx) error) (*Ticket, error) {
	now := s.clock()
	e.Status, e.CreatedAt, e.DueAt = hookflow.StatusQueued, now, now
	ticket := &Ticket{service: s, id: e.ID}
	if watch {
		ticket.done, ticket.close = s.engine.Watch(e.ID)
	}
	job := queue.Job{ID: e.ID, Workflow: e.WorkflowID, Limit: e.Limit, Here: watch, Memo: memo}
	duplicate := false
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		err := also(tx)
		if duplicate = errors.Is(err, ErrDuplicate); duplicate {
			return nil // nothing was written: no reason to fail those that share the commit
		}
		if err := errors.Join(err, tx.InsertExecution(e)); err != nil {
			return err
		}
		return s.queue.Enqueue(tx, job)
	})
	if duplicate && err == nil {
		err = ErrDuplicate
	}
	if err != nil {
		ticket.Close()
		return nil, fmt.Errorf("accept: %w", err)
	}
	return ticket, nil
}

// Ticket is an accepted execution.
type Ticket struct {
	service *Service
	id      hookflow.ID
	done    <-chan engine.Result
	close   func()
}

// Execution returns its ID.
func (t *Ticket) Execution() hookflow.ID { return t.id }

// Close gives up waiting.
func (t *Ticket) Close() {
	if t.close != nil {
		t.close()
	}
}

// Wait returns how the execution ended, or ctx's error. The execution goes on
// either way.
func (t *Ticket) Wait(ctx context.Context) (engine.Result, error) {
	defer t.Close()
	select {
	case result := <-t.done:
		return result, nil
	case <-ctx.Done():
		return engine.Result{}, ctx.Err()
	}
}

// abortTimeout bounds how long an abort may wait for the database.
const abortTimeout = 10 * time.Second

// Abort ends the execution because its caller's time is over.
func (t *Ticket) Abort(reason string) {
	ctx, cancel := context.WithTimeout(context.Background(), abortTimeout)
	defer cancel()
	err := t.service.engine.Stop(ctx, t.id, hookflow.StatusAborted, reason)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeConflict {
		t.service.engine.Logger.Error("abort an execution", "execution", t.id, "error", err)
	}
}
