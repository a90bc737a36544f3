package accept

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/store"
)

// Replay is a stored request that runs again, as a delivery of its own.
type Replay struct {
	Delivery *hookflow.Delivery
	Body     []byte
	Input    engine.Input
	Revision hookflow.ID
	Number   int // of the revision
}

// Replay makes a delivery, its execution and what also writes durable. It takes
// no key: nothing that comes later is a duplicate of a replay.
func (s *Service) Replay(ctx context.Context, r *Replay, also func(*store.Tx) error) error {
	if err := s.room(); err != nil {
		return err
	}
	plan, err := s.engine.Plan(ctx, r.Revision)
	if err != nil {
		return err
	}
	d := r.Delivery
	e := &hookflow.Execution{
		ID: s.store.IDs().Next(), WorkflowID: d.WorkflowID, WorkflowKey: d.WorkflowKey,
		RevisionID: r.Revision, Revision: r.Number, DeliveryID: d.ID, StartedBy: hookflow.StartedByReplay,
		Limit: plan.Options.Concurrency,
	}
	d.ExecutionID = e.ID
	packed, err := store.PackDelivery(d, r.Body)
	if err != nil {
		return err
	}
	memo := &engine.Memo{Execution: e, Input: r.Input, Bytes: len(r.Body)}
	_, err = s.start(ctx, e, memo, false, func(tx *store.Tx) error {
		if err := also(tx); err != nil {
			return err
		}
		return tx.InsertDelivery(packed)
	})
	return err
}

// Depth is how many executions wait for a worker.
func (s *Service) Depth() int { return s.queue.Depth() }
