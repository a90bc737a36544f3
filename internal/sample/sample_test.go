package sample_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/sample"
	"github.com/hookflow/hookflow/internal/store"
)

// patience bounds every wait for an event.
const patience = 30 * time.Second

// clock is a time that tests set.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.ahead.Load()))
}

// service is one process on a database.
type service struct {
	*sample.Service
	clock *clock
}

func open(t *testing.T, o store.Options) *service {
	t.Helper()
	c := &clock{}
	log := slog.New(slog.DiscardHandler)
	o.Clock, o.Logger = time.Now, log
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	tail := live.New(live.Options{
		Store: s, Logger: log, Tick: func(time.Duration) <-chan time.Time { return time.After(time.Millisecond) },
	})
	t.Cleanup(tail.Close)
	reachable := func(context.Context, string) error { return nil }
	return &service{sample.New(sample.Deps{Store: s, Live: tail, Clock: c.now, Logger: log, Reachable: reachable}), c}
}

func sqlite(t *testing.T) *service {
	t.Helper()
	return open(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
}

func (s *service) workflow(t *testing.T, key string) hookflow.ID {
	t.Helper()
	row := store.WorkflowRow{ID: s.Store.IDs().Next(), Key: key, CreatedAt: s.Clock(), UpdatedAt: s.Clock()}
	if err := s.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertWorkflow(row) }); err != nil {
		t.Fatal(err)
	}
	return row.ID
}

// listen listens to the workflow orders.
func (s *service) listen(t *testing.T) *sample.Listener {
	t.Helper()
	l, err := s.Listen(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (s *service) deliver(t *testing.T, d hookflow.Delivery, body string) hookflow.ID {
	t.Helper()
	d.ID, d.ReceivedAt, d.Method = s.Store.IDs().Next(), s.Clock(), "POST"
	packed, err := store.PackDelivery(&d, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertDelivery(packed) }); err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// wait waits for the sample of a listener, and returns what was passed over before.
func wait(t *testing.T, l *sample.Listener) (taken *store.Sample, passed []hookflow.ID) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	taken, err := l.Wait(ctx, nil, sample.Told{
		Passed: func(d *hookflow.Delivery, why error) bool {
			passed = append(passed, d.ID)
			return hookflow.CodeOf(why) == hookflow.CodeConflict
		},
	})
	if err != nil || taken == nil {
		t.Fatalf("no sample came: %v", err)
	}
	return taken, passed
}

func (s *service) heard(t *testing.T, workflow hookflow.ID, want bool) {
	t.Helper()
	if got := s.Listening(t.Context(), workflow); got != want {
		t.Errorf("somebody listens: %t, want %t", got, want)
	}
}

// Somebody listens as long as one of them does; one that is not renewed is forgotten.
func TestListening(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	orders, others := s.workflow(t, "orders"), s.workflow(t, "others")
	s.heard(t, orders, false)
	first, second := s.listen(t), s.listen(t)
	s.heard(t, orders, true)
	s.heard(t, others, false)
	first.Close()
	s.heard(t, orders, true)
	s.clock.ahead.Add(int64(2 * time.Minute))
	s.heard(t, orders, false)

	beats := make(chan time.Time, 1)
	beats <- time.Time{}
	taken, err := second.Wait(t.Context(), beats, sample.Told{Beat: func() bool {
		s.heard(t, orders, true)
		return false
	}})
	if taken != nil || err != nil || len(beats) > 0 {
		t.Errorf("without a request came %v, %v", taken, err)
	}
	s.heard(t, orders, false)
}

func TestWait(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	orders, others := s.workflow(t, "orders"), s.workflow(t, "others")
	s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeAccepted}, "before")
	l := s.listen(t)
	s.deliver(t, hookflow.Delivery{WorkflowID: others, Outcome: hookflow.OutcomeAccepted}, "another workflow's")
	s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeAccepted, ReplayOf: 1}, "a replay")
	handshake := s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeHandshake}, "challenge")
	flood := s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonRateLimited}, "")
	next := s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeFiltered, Sealed: []byte("sealed")}, "this one")
	s.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeAccepted}, "too late")

	taken, passed := wait(t, l)
	if len(passed) != 2 || passed[0] != handshake || passed[1] != flood {
		t.Errorf("passed over: %v, want %v", passed, []hookflow.ID{handshake, flood})
	}
	if string(taken.Body) != "this one" || taken.Source != sample.FromListen || taken.Request.ID != next || taken.Request.Sealed != nil {
		t.Errorf("taken: %+v", taken)
	}
	if kept, err := s.Get(t.Context(), "orders"); err != nil || kept.ID != taken.ID {
		t.Errorf("kept: %+v, %v", kept, err)
	}
}

// Two processes on one database know of each other's listeners and hear each other's requests.
func TestOtherProcess(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	here, there := open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
	orders := here.workflow(t, "orders")
	there.heard(t, orders, false)
	told := func(want bool) {
		t.Helper()
		for late := time.After(patience); there.Listening(t.Context(), orders) != want; {
			select {
			case <-time.After(time.Millisecond):
			case <-late:
				t.Fatalf("the other process was not told that somebody listens: %t", want)
			}
		}
	}
	l := here.listen(t)
	told(true)
	for now := here.Store.IDs().Next(); there.Store.IDs().Next() <= now; { // within a millisecond the processes have no order
	}
	id := there.deliver(t, hookflow.Delivery{WorkflowID: orders, Outcome: hookflow.OutcomeAccepted}, "far")
	if taken, _ := wait(t, l); taken.Request.ID != id {
		t.Errorf("taken: %+v", taken)
	}
	told(false)
}

func TestListenIsRefused(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	orders := s.workflow(t, "orders")
	no := errors.New("no request can come")
	s.Reachable = func(context.Context, string) error { return no }
	if _, err := s.Listen(t.Context(), "orders"); !errors.Is(err, no) {
		t.Errorf("what cannot be reached: %v", err)
	}
	s.Reachable = func(context.Context, string) error { return nil }
	s.Live.Close()
	if _, err := s.Listen(t.Context(), "orders"); hookflow.CodeOf(err) != hookflow.CodeOverloaded {
		t.Errorf("while the server stops: %v", err)
	}
	s.heard(t, orders, false)
}
