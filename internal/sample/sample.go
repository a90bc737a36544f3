// Package sample keeps what a workflow is tried with: one request or one $context, taken from what
// has come, from what has run, from the next request that comes, or given by hand.
package sample

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Where a sample was taken from.
const (
	FromListen    = "listen"    // the next request that came while somebody listened
	FromDelivery  = "delivery"  // a request of the log
	FromExecution = "execution" // what an execution was started with
	FromManual    = "manual"    // given by hand
)

// Deps are what the service works with.
type Deps struct {
	Store  *store.Store
	Live   *live.Tail
	Clock  hookflow.Clock
	Logger *slog.Logger
	// Reachable says why no request can come to the workflow with the key; nil when one can.
	Reachable func(ctx context.Context, key string) error
}

// Service keeps samples.
type Service struct {
	Deps
	changed <-chan struct{}

	mu    sync.Mutex
	stale bool                      // until has to be read again
	until map[hookflow.ID]time.Time // how long somebody listens, by workflow
}

// New returns a service.
func New(deps Deps) *Service {
	return &Service{Deps: deps, changed: deps.Store.Watch(context.Background(), topic), stale: true}
}

// Get returns the sample of the workflow with the key, or CodeNotFound.
func (s *Service) Get(ctx context.Context, key string) (*store.Sample, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.Store.Sample(ctx, row.ID)
}

// Put makes what was given by hand the sample: a request with its body, or a $context, or both.
func (s *Service) Put(ctx context.Context, key string, given store.Sample) (*store.Sample, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	given.Source = FromManual
	return s.keep(ctx, row, &given)
}

// TakeDelivery makes a request of the log the sample. CodeConflict says why it cannot be one.
func (s *Service) TakeDelivery(ctx context.Context, key string, id hookflow.ID) (*store.Sample, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	d, body, err := s.delivery(ctx, id)
	if err != nil {
		return nil, err
	}
	if d.WorkflowID != row.ID {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "delivery %s is not one of the workflow %q", id, key)
	}
	taken, err := of(d, body)
	if err != nil {
		return nil, err
	}
	taken.Source = FromDelivery
	return s.keep(ctx, row, taken)
}

// TakeExecution makes the sample what an execution was started with, so that its results belong to
// it. CodeConflict says why it cannot be one.
func (s *Service) TakeExecution(ctx context.Context, key string, id hookflow.ID) (*store.Sample, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	e, err := s.Store.Execution(ctx, id)
	if err != nil {
		return nil, err
	}
	if e.WorkflowID != row.ID {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "execution %s is not one of the workflow %q", id, key)
	}
	taken, err := s.input(ctx, e)
	if err != nil {
		return nil, err
	}
	taken.Source, taken.ExecutionID = FromExecution, id
	return s.keep(ctx, row, taken)
}

// Of is what an execution was started with. CodeConflict says why it cannot be told.
func (s *Service) Of(ctx context.Context, execution hookflow.ID) (*store.Sample, error) {
	e, err := s.Store.Execution(ctx, execution)
	if err != nil {
		return nil, err
	}
	return s.input(ctx, e)
}

// input is what an execution was started with.
func (s *Service) input(ctx context.Context, e *hookflow.Execution) (*store.Sample, error) {
	if len(e.Input) > 0 {
		return &store.Sample{Context: e.Input}, nil
	}
	if e.DeliveryID == 0 {
		return &store.Sample{Context: value.Null}, nil
	}
	d, body, err := s.delivery(ctx, e.DeliveryID)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the request that started execution %s has been deleted", e.ID)
	}
	if err != nil {
		return nil, err
	}
	return of(d, body)
}

func (s *Service) delivery(ctx context.Context, id hookflow.ID) (*hookflow.Delivery, []byte, error) {
	d, err := s.Store.Delivery(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	body, err := s.Store.DeliveryBody(ctx, id)
	return d, body, err
}

// unread are the reasons by which a request may be turned away before its body is read.
var unread = []hookflow.Reason{
	hookflow.ReasonDisabled, hookflow.ReasonNoSuchPath, hookflow.ReasonMethod, hookflow.ReasonIP, hookflow.ReasonRateLimited,
	hookflow.ReasonTooLarge, hookflow.ReasonTimeout, hookflow.ReasonOverloaded,
}

// of is the sample that a request makes. CodeConflict says why it makes none.
func of(d *hookflow.Delivery, body []byte) (*store.Sample, error) {
	switch {
	case d.Outcome == hookflow.OutcomeHandshake:
		return nil, hookflow.Errorf(hookflow.CodeConflict, "it is a handshake, which starts nothing; the next event makes a sample")
	case len(body) == 0 && slices.Contains(unread, d.Reason):
		return nil, hookflow.Errorf(hookflow.CodeConflict, "it was turned away (%s) before its body was read", d.Reason)
	}
	if _, err := request.FromDelivery(d, body); err != nil {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the request cannot be read: %w", err)
	}
	kept := *d
	kept.Answer, kept.Sealed = nil, nil
	return &store.Sample{Request: &kept, Body: body}, nil
}

// keep makes x the sample of a workflow.
func (s *Service) keep(ctx context.Context, row store.WorkflowRow, x *store.Sample) (*store.Sample, error) {
	x.WorkflowID, x.ID, x.TakenAt, x.TakenBy = row.ID, s.Store.IDs().Next(), s.Clock(), auth.From(ctx).Name
	packed, err := store.PackSample(x)
	if err != nil {
		return nil, err
	}
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PutSample(packed); err != nil {
			return err
		}
		return s.record(tx, "update", row.Key, describe(x))
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Delete removes the sample of a workflow; CodeNotFound when it has none.
func (s *Service) Delete(ctx context.Context, key string) error {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteSample(row.ID); err != nil {
			return err
		}
		return s.record(tx, "delete", row.Key, nil)
	})
}

func (s *Service) record(tx *store.Tx, action, key string, after value.Value) error {
	return auth.Record(tx, auth.Change{
		ID: s.Store.IDs().Next(), At: s.Clock(), Action: action, Kind: "sample", Object: key, After: after,
	})
}

// describe says what an audit entry shows of a sample.
func describe(x *store.Sample) value.Value {
	out := (&value.Object{}).Set("from", value.String(x.Source))
	if x.Request != nil && x.Request.ID != 0 {
		out.Set("delivery", value.String(x.Request.ID.String()))
	}
	if x.ExecutionID != 0 {
		out.Set("execution", value.String(x.ExecutionID.String()))
	}
	return out.Value()
}
