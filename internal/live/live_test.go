package live_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/store"
)

// patience bounds every wait for an event.
const patience = 30 * time.Second

func open(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	o.Clock, o.Logger = time.Now, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func sqlite(t *testing.T) *store.Store {
	t.Helper()
	return open(t, store.Options{Path: t.TempDir() + "/hookflow.db"})
}

// hurried is a Tail that asks all the time.
func hurried(t *testing.T, s *store.Store) *live.Tail {
	t.Helper()
	tail := live.New(live.Options{
		Store: s, Logger: slog.New(slog.DiscardHandler),
		Tick: func(time.Duration) <-chan time.Time { return time.After(time.Millisecond) },
	})
	t.Cleanup(tail.Close)
	return tail
}

func deliver(t *testing.T, s *store.Store, outcome hookflow.Outcome) hookflow.ID {
	t.Helper()
	return deliverMany(t, s, outcome, 1)[0]
}

func deliverMany(t *testing.T, s *store.Store, outcome hookflow.Outcome, n int) []hookflow.ID {
	t.Helper()
	var ids []hookflow.ID
	var rows []*store.PackedDelivery
	for range n {
		d := &hookflow.Delivery{ID: s.IDs().Next(), ReceivedAt: time.Now(), Method: "POST", Outcome: outcome, Status: 200}
		packed, err := store.PackDelivery(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids, rows = append(ids, d.ID), append(rows, packed)
	}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		var errs []error
		for _, row := range rows {
			errs = append(errs, tx.InsertDelivery(row))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func watch(t *testing.T, tail *live.Tail, f search.Filter, after hookflow.ID) *live.Viewer {
	t.Helper()
	q, problems := f.Query(search.View{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v, err := tail.Watch(string(f.Outcome), q, after)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}

// see reads n deliveries, what the viewer missed included.
func see(t *testing.T, v *live.Viewer, n int) []hookflow.ID {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var seen []hookflow.ID
	err := v.Follow(ctx, nil, func(d *hookflow.Delivery) bool {
		seen = append(seen, d.ID)
		return len(seen) < n
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < n {
		t.Fatalf("only %d of %d deliveries came", len(seen), n)
	}
	return seen
}

func same(t *testing.T, got, want []hookflow.ID) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	tail := hurried(t, s)
	deliver(t, s, hookflow.OutcomeAccepted) // before anybody watches
	all, again := watch(t, tail, search.Filter{}, 0), watch(t, tail, search.Filter{}, 0)
	bad := watch(t, tail, search.Filter{Outcome: hookflow.OutcomeRejected}, 0)
	var want []hookflow.ID
	for _, outcome := range []hookflow.Outcome{hookflow.OutcomeAccepted, hookflow.OutcomeRejected, hookflow.OutcomeAccepted} {
		want = append(want, deliver(t, s, outcome))
	}
	same(t, see(t, all, 3), want)
	same(t, see(t, again, 3), want)
	same(t, see(t, bad, 1), want[1:2])
}

// Who comes back with the last ID gets what came meanwhile, once.
func TestResume(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	tail := hurried(t, s)
	v := watch(t, tail, search.Filter{}, 0)
	first := deliver(t, s, hookflow.OutcomeAccepted)
	same(t, see(t, v, 1), []hookflow.ID{first})
	v.Close()
	want := deliverMany(t, s, hookflow.OutcomeAccepted, 700)
	v = watch(t, tail, search.Filter{}, first)
	for range 5 {
		want = append(want, deliver(t, s, hookflow.OutcomeAccepted))
	}
	same(t, see(t, v, len(want)), want)
}

// Who reads nothing is left, without holding up the others, and can come back.
func TestSlowViewer(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	tail := hurried(t, s)
	slow, quick := watch(t, tail, search.Filter{}, 0), watch(t, tail, search.Filter{}, 0)
	var want []hookflow.ID
	for range 15 {
		some := deliverMany(t, s, hookflow.OutcomeAccepted, 100)
		same(t, see(t, quick, len(some)), some)
		want = append(want, some...)
	}
	var seen []hookflow.ID
	err := slow.Follow(t.Context(), nil, func(d *hookflow.Delivery) bool {
		seen = append(seen, d.ID)
		return true
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) >= len(want) || len(seen) == 0 {
		t.Fatalf("the slow one saw %d of %d", len(seen), len(want))
	}
	back := watch(t, tail, search.Filter{}, seen[len(seen)-1])
	same(t, append(seen, see(t, back, len(want)-len(seen))...), want)
}

// A delivery whose row is committed after those of later IDs is told, once, and to those who come back
// too.
func TestLateCommit(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	tail := hurried(t, s)
	first, v := deliver(t, s, hookflow.OutcomeAccepted), watch(t, tail, search.Filter{}, 0)
	late := []hookflow.ID{s.IDs().Next(), s.IDs().Next()}
	next := deliver(t, s, hookflow.OutcomeAccepted)
	same(t, see(t, v, 1), []hookflow.ID{next})
	insert(t, s, late[0])
	same(t, see(t, v, 1), late[:1])
	v.Close()
	insert(t, s, late[1])
	last := deliver(t, s, hookflow.OutcomeAccepted)
	for after, want := range map[hookflow.ID][]hookflow.ID{
		late[0]: {late[1], last}, first: {late[0], late[1], next, last},
	} {
		seen := see(t, watch(t, tail, search.Filter{}, after), len(want))
		slices.Sort(seen)
		same(t, seen, want)
	}
}

func insert(t *testing.T, s *store.Store, id hookflow.ID) {
	t.Helper()
	packed, err := store.PackDelivery(&hookflow.Delivery{ID: id, ReceivedAt: time.Now(), Outcome: hookflow.OutcomeAccepted}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertDelivery(packed) }); err != nil {
		t.Fatal(err)
	}
}

func TestOtherProcess(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	here, there := open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
	tail := live.New(live.Options{Store: here, Logger: slog.New(slog.DiscardHandler)})
	t.Cleanup(tail.Close)
	v := watch(t, tail, search.Filter{}, 0)
	for now := here.IDs().Next(); there.IDs().Next() <= now; { // within a millisecond the processes have no order
	}
	want := []hookflow.ID{deliver(t, there, hookflow.OutcomeAccepted)}
	same(t, see(t, v, 1), want)
}

func TestClose(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	tail := hurried(t, s)
	v := watch(t, tail, search.Filter{}, 0)
	tail.Close()
	err := v.Follow(t.Context(), nil, func(*hookflow.Delivery) bool { return true }, nil)
	if err != nil {
		t.Error(err)
	}
	if _, err := tail.Watch("", search.Query{}, 0); hookflow.CodeOf(err) != hookflow.CodeOverloaded {
		t.Errorf("watching a closed tail: %v", err)
	}
}
