package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/store/storetest"
)

// A log of a thousand requests in ten hours to four workflows, looked at from an hour before it to an
// hour after it.
func TestStats(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]func(*testing.T) store.Options{
		"sqlite":   func(t *testing.T) store.Options { t.Helper(); return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func(t *testing.T) store.Options { t.Helper(); return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, options(t))
			end := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
			storetest.Seed(t, s, storetest.Log{Workflows: 4, Deliveries: 1000, End: end, Span: 10 * time.Hour})
			steps := store.Steps{From: end.Add(-11 * time.Hour), Step: time.Hour, Count: 12}
			testTraffic(t, s, steps)
			testDurations(t, s, steps)
			testFailing(t, s, end)
			testHealth(t, s)
		})
	}
}

func testTraffic(t *testing.T, s *store.Store, steps store.Steps) {
	t.Helper()
	each := store.Traffic{Accepted: 85, Rejected: 10, Duplicate: 2, Filtered: 2, Handshake: 1, Failed: 5}
	want := []store.Traffic{{}, each, each, each, each, each, each, each, each, each, each, {}}
	all, err := s.Traffic(t.Context(), 0, steps)
	if diff := cmp.Diff(want, all); diff != "" || err != nil {
		t.Errorf("all: %v (-want +got):\n%s", err, diff)
	}
	apart, err := s.TrafficOf(t.Context(), []hookflow.ID{1, 2, 3, 4, 99}, steps)
	if err != nil || len(apart) != 4 {
		t.Fatalf("apart: %d workflows, %v", len(apart), err)
	}
	sum := make([]store.Traffic, steps.Count)
	for id, counted := range apart {
		alone, err := s.Traffic(t.Context(), id, steps)
		if diff := cmp.Diff(counted, alone); diff != "" || err != nil {
			t.Errorf("workflow %d alone: %v (-apart +alone):\n%s", id, err, diff)
		}
		for i := range counted {
			sum[i].Add(counted[i])
		}
	}
	if diff := cmp.Diff(want, sum); diff != "" {
		t.Errorf("the workflows together (-want +got):\n%s", diff)
	}
	if each.Deliveries() != 100 {
		t.Errorf("%d deliveries", each.Deliveries())
	}
}

// Of the hundred requests of an hour the last 85 ran, the n-th of them for n ms.
func testDurations(t *testing.T, s *store.Store, steps store.Steps) {
	t.Helper()
	durations, err := s.Durations(t.Context(), 0, steps)
	if err != nil || len(durations) != 12 || len(durations[0]) != 0 || len(durations[11]) != 0 {
		t.Fatalf("%d steps, %v", len(durations), err)
	}
	hour := durations[1]
	if len(hour) != 85 || hour[0] != 16*time.Millisecond || hour[84] != 100*time.Millisecond {
		t.Errorf("%d executions: %v", len(hour), hour)
	}
	of, err := s.Durations(t.Context(), 1, steps)
	if err != nil || len(of[1]) == 0 || len(of[1]) >= 85 {
		t.Errorf("of a workflow: %v, %v", of[1], err)
	}
}

func testFailing(t *testing.T, s *store.Store, end time.Time) {
	t.Helper()
	all, err := s.Failing(t.Context(), end.Add(-11*time.Hour), 10)
	if err != nil {
		t.Fatal(err)
	}
	var failed, total int64
	for i, f := range all {
		failed, total = failed+f.Failed, total+f.Total
		if i > 0 && f.Failed > all[i-1].Failed {
			t.Errorf("%d failures after %d", f.Failed, all[i-1].Failed)
		}
		e, err := s.Execution(t.Context(), f.LastExecution)
		if err != nil || e.WorkflowKey != f.Workflow.Key || !e.FinishedAt.Equal(f.LastFailedAt) || e.Status != hookflow.StatusFailed {
			t.Errorf("%s: the last is %+v, %v", f.Workflow.Key, e, err)
		}
	}
	if failed != 50 || total != 850 {
		t.Errorf("%d of %d failed", failed, total)
	}
	if worst, err := s.Failing(t.Context(), end.Add(-11*time.Hour), 1); err != nil || len(worst) != 1 || worst[0] != all[0] {
		t.Errorf("the worst: %+v, %v", worst, err)
	}
	if none, err := s.Failing(t.Context(), end, 10); err != nil || len(none) != 0 {
		t.Errorf("later: %+v, %v", none, err)
	}
	last, err := s.LastDeliveries(t.Context(), []hookflow.ID{1, 2, 99})
	if err != nil || len(last) != 2 || last[1].After(end) || last[1].Before(end.Add(-10*time.Minute)) {
		t.Errorf("last deliveries: %v, %v", last, err)
	}
}

func testHealth(t *testing.T, s *store.Store) {
	t.Helper()
	at := time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)
	write := func(status hookflow.Status, at time.Time) {
		e := &hookflow.Execution{ID: store.FirstID(at), WorkflowID: 1, RevisionID: 1, Status: status, CreatedAt: at}
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertExecution(e) }); err != nil {
			t.Fatal(err)
		}
	}
	write(hookflow.StatusQueued, at)
	write(hookflow.StatusQueued, at.Add(time.Second))
	write(hookflow.StatusRunning, at.Add(2*time.Second))
	write(hookflow.StatusWaiting, at.Add(3*time.Second))
	b, err := s.Backlog(t.Context())
	b.Oldest = b.Oldest.UTC()
	if want := (store.Backlog{Queued: 2, Running: 1, Waiting: 1, Oldest: at}); b != want || err != nil {
		t.Errorf("backlog: %+v, %v", b, err)
	}
	if size, err := s.Size(t.Context()); size < 100_000 || err != nil {
		t.Errorf("size: %d, %v", size, err)
	}
	if n, err := s.Processes(t.Context()); n != 1 || err != nil {
		t.Errorf("processes: %d, %v", n, err)
	}
}
