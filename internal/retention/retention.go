// Package retention deletes executions and deliveries that are older than their workflow keeps them,
// a little at a time, and never what an execution that goes on needs.
package retention

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// interval is the time between two sweeps.
	interval = 10 * time.Minute
	// batch is how many rows are looked at, and deleted at most, in one transaction.
	batch = 200
	// shortest and share are the rest after each transaction: a sweep takes a fifth of the time at
	// most, and the writer is the others' meanwhile.
	shortest = 20 * time.Millisecond
	share    = 4
	// meta is where the last sweep is kept.
	meta = "retention"
)

// Options are what a Service needs.
type Options struct {
	Store   *store.Store
	Default hookflow.Retain // of workflows that do not say; 0 keeps for ever
	// History deletes what is known of at most limit records that are long gone, and returns how much
	// that was; nil: nobody keeps such.
	History func(ctx context.Context, limit int) (int64, error)
	Clock   hookflow.Clock
	Logger  *slog.Logger
	// Tick returns a channel that gets a value after a time. When nil, that is a timer.
	Tick func(time.Duration) <-chan time.Time
}

// Service deletes.
type Service struct{ Options }

// New returns a service.
func New(o Options) *Service {
	if o.Tick == nil {
		o.Tick = time.After
	}
	return &Service{o}
}

// Freed is what a sweep has deleted. Bytes are about what the rows took; the database keeps the room
// and uses it again.
type Freed struct {
	Executions int64 `json:"executions" doc:"Executions deleted"`
	Deliveries int64 `json:"deliveries" doc:"Requests deleted"`
	Bytes      int64 `json:"bytes" doc:"About what they took"`
}

func (f *Freed) add(other Freed) {
	f.Executions += other.Executions
	f.Deliveries += other.Deliveries
	f.Bytes += other.Bytes
}

// Tally is what the sweeps have done.
type Tally struct {
	At    time.Time `json:"at" doc:"When the last sweep began"`
	Last  Freed     `json:"last" doc:"What it deleted"`
	Total Freed     `json:"total" doc:"What all sweeps have deleted"`
}

// Last returns the tally of the last sweep, in any process; the zero Tally before the first.
func Last(ctx context.Context, s *store.Store) (tally Tally, err error) {
	text, err := s.Meta(ctx, meta)
	if err != nil || text == "" {
		return tally, err
	}
	return tally, json.Unmarshal([]byte(text), &tally)
}

// Run sweeps now and then until ctx is done; of several processes one does.
func (s *Service) Run(ctx context.Context) {
	for {
		if err := s.turn(ctx); err != nil && ctx.Err() == nil {
			s.Logger.Error("old records could not be deleted; the next sweep tries again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.Tick(interval):
		}
	}
}

// turn sweeps when it is time to, whoever swept last.
func (s *Service) turn(ctx context.Context) error {
	last, err := Last(ctx, s.Store)
	if err != nil {
		return fmt.Errorf("read the last sweep: %w", err)
	}
	if s.Clock().Sub(last.At).Abs() < interval {
		return nil
	}
	_, err = s.Sweep(ctx)
	return err
}

// Sweep deletes all that is too old now.
func (s *Service) Sweep(ctx context.Context) (Freed, error) {
	tally, err := Last(ctx, s.Store)
	if err != nil {
		return Freed{}, fmt.Errorf("read the last sweep: %w", err)
	}
	tally.At, tally.Last = s.Clock(), Freed{}
	if err := s.keep(ctx, tally); err != nil {
		return Freed{}, err
	}
	documents, err := s.Store.PublishedDocuments(ctx)
	if err != nil {
		return Freed{}, fmt.Errorf("read the workflows: %w", err)
	}
	for _, d := range documents {
		freed, err := s.workflow(ctx, d, tally.At)
		tally.Last.add(freed)
		if err != nil {
			return tally.Last, err
		}
	}
	if err := s.history(ctx); err != nil || tally.Last == (Freed{}) {
		return tally.Last, err
	}
	tally.Total.add(tally.Last)
	s.Logger.Info("old records deleted", "executions", tally.Last.Executions, "deliveries", tally.Last.Deliveries, "bytes", tally.Last.Bytes)
	return tally.Last, s.keep(ctx, tally)
}

func (s *Service) keep(ctx context.Context, tally Tally) error {
	text, err := json.Marshal(tally)
	if err != nil {
		return err
	}
	err = s.Store.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(meta, string(text)) })
	if err != nil {
		return fmt.Errorf("keep the tally of the sweep: %w", err)
	}
	return nil
}

// workflow deletes what is too old of one workflow.
func (s *Service) workflow(ctx context.Context, d store.PublishedDocument, now time.Time) (freed Freed, err error) {
	var w hookflow.Workflow
	if problems := spec.DecodeJSON(value.Value(d.Document), &w); len(problems) > 0 {
		s.Logger.Warn("a saved workflow does not work in this version; its records are kept", "workflow", w.Key, "problem", problems[0].Detail)
		return freed, nil
	}
	keep := s.cutoffs(w.Options.Retain, now)
	executions, bytes, err := s.prune(ctx, &old{
		workflow: d.Workflow, before: later(keep.succeeded, keep.failed), list: s.Store.OldExecutions,
		expired: keep.execution, remove: (*store.Tx).PruneExecution,
	})
	freed = Freed{Executions: executions, Bytes: bytes}
	if err != nil {
		return freed, err
	}
	freed.Deliveries, bytes, err = s.prune(ctx, &old{
		workflow: d.Workflow, before: keep.deliveries, list: s.Store.OldDeliveries,
		expired: keep.delivery, remove: (*store.Tx).PruneDelivery,
	})
	freed.Bytes += bytes
	return freed, err
}

// cutoffs are the times before which what has ended is too old; a zero one keeps all.
type cutoffs struct{ succeeded, failed, deliveries time.Time }

func (s *Service) cutoffs(own hookflow.Retain, now time.Time) cutoffs {
	cutoff := func(own, general hookflow.Duration) time.Time {
		if keep := cmp.Or(own, general); keep > 0 {
			return now.Add(-keep.Std())
		}
		return time.Time{}
	}
	return cutoffs{
		cutoff(own.Succeeded, s.Default.Succeeded), cutoff(own.Failed, s.Default.Failed), cutoff(own.Deliveries, s.Default.Deliveries),
	}
}

func (c cutoffs) execution(o store.Old) bool {
	cutoff := c.failed
	if o.Status == hookflow.StatusSucceeded {
		cutoff = c.succeeded
	}
	return o.Free && !o.At.IsZero() && o.At.Before(cutoff)
}

func (c cutoffs) delivery(o store.Old) bool { return o.Free && o.At.Before(c.deliveries) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// old are the rows of a workflow that began before a time, and which of them go.
type old struct {
	workflow hookflow.ID
	before   time.Time
	list     func(ctx context.Context, workflow, after hookflow.ID, before time.Time, limit int) ([]store.Old, error)
	expired  func(store.Old) bool
	remove   func(*store.Tx, hookflow.ID)
}

// prune deletes what has expired, a batch at a time, resting between them.
func (s *Service) prune(ctx context.Context, o *old) (rows, bytes int64, err error) {
	if o.before.IsZero() {
		return 0, 0, nil
	}
	for after := hookflow.ID(0); ; {
		found, err := o.list(ctx, o.workflow, after, o.before, batch)
		if err != nil || len(found) == 0 {
			return rows, bytes, err
		}
		after = found[len(found)-1].ID
		found = slices.DeleteFunc(found, func(r store.Old) bool { return !o.expired(r) })
		if err := s.remove(ctx, o, found); err != nil {
			return rows, bytes, err
		}
		for _, r := range found {
			rows++
			bytes += r.Bytes
		}
	}
}

// remove deletes rows in one transaction, and rests.
func (s *Service) remove(ctx context.Context, o *old, found []store.Old) error {
	began := s.Clock()
	if len(found) > 0 {
		err := s.Store.Write(ctx, func(tx *store.Tx) error {
			for _, r := range found {
				o.remove(tx, r.ID)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("delete old records: %w", err)
		}
	}
	return s.rest(ctx, began)
}

// rest leaves the writer to the others after a transaction.
func (s *Service) rest(ctx context.Context, began time.Time) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.Tick(max(shortest, share*s.Clock().Sub(began))):
		return nil
	}
}

// history deletes the history of records that are long gone.
func (s *Service) history(ctx context.Context) error {
	for s.History != nil {
		began := s.Clock()
		deleted, err := s.History(ctx, batch)
		if err != nil {
			return fmt.Errorf("delete the history of records: %w", err)
		}
		if deleted == 0 {
			return nil
		}
		if err := s.rest(ctx, began); err != nil {
			return err
		}
	}
	return nil
}
