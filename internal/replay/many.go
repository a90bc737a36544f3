package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	topic = "replays"
	// maxDepth is how many executions may wait while a replay adds to them: what comes in at the door
	// goes first.
	maxDepth = 200
	// patience is the wait for room.
	patience = 200 * time.Millisecond
	// pulse is how often replays of processes that died are looked for.
	pulse = 15 * time.Second
	// batch is how many deliveries are looked up at once.
	batch = 100
	// maxFailures bounds the reasons that a replay keeps.
	maxFailures = 20
	// maxReads bounds what is read to count: about five million deliveries by what they are, less
	// by what they hold.
	maxReads = 1000
)

// Many asks for the replay of all that a filter finds.
type Many struct {
	Filter   search.Filter
	Revision string // "" is Current
	By       string // name of who asks
}

// Count is how many deliveries there are to replay now.
func (s *Service) Count(ctx context.Context, m Many) (int64, error) {
	return s.count(ctx, &m.Filter, s.Store.IDs().Next())
}

func (s *Service) count(ctx context.Context, filter *search.Filter, until hookflow.ID) (n int64, err error) {
	q, err := s.query(filter)
	if err != nil {
		return 0, err
	}
	after := hookflow.ID(0)
	for range maxReads {
		var done bool
		after, done, err = q.Next(ctx, s.Store, after, until, func(*hookflow.Delivery) bool {
			n++
			return true
		})
		if err != nil || done {
			return n, err
		}
	}
	return 0, hookflow.Errorf(hookflow.CodeTooLarge, "the filter looks at too many deliveries; narrow it by workflow or time")
}

func (s *Service) query(filter *search.Filter) (search.Query, error) {
	q, problems := filter.Query(s.View)
	if len(problems) == 0 {
		if filter.ReplayOf == "" {
			q = q.Originals() // the same filter asked twice runs nothing twice
		}
		return q, nil
	}
	for i := range problems {
		problems[i].Pointer = "/filter" + problems[i].Pointer
	}
	return q, hookflow.Invalid("the filter is not valid", problems...)
}

// Start begins a replay, which goes on by itself, through restarts too. Only deliveries received
// before this moment are part of it.
func (s *Service) Start(ctx context.Context, m Many, also func(*store.Tx, hookflow.ID) error) (store.Replay, error) {
	until := s.Store.IDs().Next()
	total, err := s.count(ctx, &m.Filter, until)
	if err != nil {
		return store.Replay{}, err
	}
	filter, err := json.Marshal(m.Filter)
	if err != nil {
		return store.Replay{}, fmt.Errorf("encode the filter: %w", err)
	}
	r := store.Replay{
		ID: s.Store.IDs().Next(), Filter: filter, Revision: m.Revision, Status: hookflow.StatusRunning, Total: total,
		Until: until, CreatedAt: s.Clock(), CreatedBy: m.By,
	}
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		tx.Notify(topic)
		return errors.Join(tx.InsertReplay(&r), also(tx, r.ID))
	})
	return r, err
}

// Run works on the replays that were started, in this process or one that died, until ctx is done.
func (s *Service) Run(ctx context.Context) {
	changed := s.Store.Watch(ctx, topic)
	for {
		for s.work(ctx) {
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-s.Tick(pulse):
		}
	}
}

// work runs one replay to its end, and reports whether there may be another one.
func (s *Service) work(ctx context.Context) bool {
	r, err := s.Store.ClaimReplay(ctx)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return false
	}
	if err == nil {
		err = s.run(ctx, r)
	}
	switch {
	case ctx.Err() != nil:
		return false
	case errors.Is(err, store.ErrFenced): // aborted, or another process was quicker
		return true
	case err != nil:
		s.Logger.Error("a replay stopped where it was", "replay", r.ID, "error", err)
		return false
	default:
		return true
	}
}

func (s *Service) run(ctx context.Context, r store.Replay) error {
	var filter search.Filter
	if problems := spec.DecodeJSON(value.Value(r.Filter), &filter); len(problems) > 0 {
		return hookflow.Invalid("the filter of the replay cannot be read", hookflow.Problem(problems[0]))
	}
	q, err := s.query(&filter)
	if err != nil {
		return err
	}
	for done := false; !done; {
		var found []hookflow.ID
		var last hookflow.ID
		last, done, err = q.Next(ctx, s.Store, r.Position, r.Until, func(d *hookflow.Delivery) bool {
			found = append(found, d.ID)
			return len(found) < batch
		})
		if err != nil {
			return err
		}
		for _, id := range found {
			if r, err = s.advance(ctx, r, id); err != nil {
				return err
			}
		}
		r.Position = last
	}
	r.Status, r.FinishedAt, r.Total = hookflow.StatusSucceeded, s.Clock(), r.Done+r.Failed
	return s.keep(ctx, &r)
}

// advance replays one delivery and keeps that it has, in one transaction: after a crash it is not
// replayed twice.
func (s *Service) advance(ctx context.Context, r store.Replay, id hookflow.ID) (store.Replay, error) {
	for {
		if err := s.await(ctx); err != nil {
			return r, err
		}
		next := r
		_, err := s.replay(ctx, One{Delivery: id, Revision: r.Revision}, func(tx *store.Tx, d *hookflow.Delivery) error {
			next = counted(r, id, d)
			return s.Store.AdvanceReplay(tx, &next)
		})
		switch code := hookflow.CodeOf(err); {
		case err == nil:
			return next, nil
		case errors.Is(err, store.ErrFenced), ctx.Err() != nil:
			return r, err
		case code == hookflow.CodeOverloaded:
			s.pause(ctx)
		case code == hookflow.CodeInternal:
			s.Logger.Error("a delivery could not be replayed", "delivery", id, "replay", r.ID, "error", err)
			next = failed(r, id, "internal error; the server's log says more")
			return next, s.keep(ctx, &next)
		default:
			next = failed(r, id, err.Error())
			return next, s.keep(ctx, &next)
		}
	}
}

// await waits until the replay is in nobody's way.
func (s *Service) await(ctx context.Context) error {
	for ctx.Err() == nil && (s.Accept.Draining() || s.Accept.Depth() > maxDepth) {
		s.pause(ctx)
	}
	return ctx.Err()
}

func (s *Service) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-s.Tick(patience):
	}
}

func (s *Service) keep(ctx context.Context, r *store.Replay) error {
	return s.Store.Write(ctx, func(tx *store.Tx) error { return s.Store.AdvanceReplay(tx, r) })
}

// counted is r after the delivery id became d.
func counted(r store.Replay, id hookflow.ID, d *hookflow.Delivery) store.Replay {
	if d.Outcome != hookflow.OutcomeAccepted {
		return failed(r, id, string(d.Outcome)+" again: "+d.Detail)
	}
	r.Done++
	r.Position = id
	return r
}

func failed(r store.Replay, id hookflow.ID, reason string) store.Replay {
	r.Failed++
	r.Position = id
	if len(r.Failures) < maxFailures {
		r.Failures = append(slices.Clip(r.Failures), store.ReplayFailure{Delivery: id, Reason: reason})
	}
	return r
}
