package retention_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/retention"
	"github.com/hookflow/hookflow/internal/store"
)

const day = 24 * time.Hour

var start = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// world is a database with a clock that the test sets.
type world struct {
	t     *testing.T
	store *store.Store
	now   time.Time
}

func databases(t *testing.T, run func(*testing.T, *world)) {
	t.Helper()
	for name, options := range map[string]func() store.Options{
		"sqlite":   func() store.Options { return store.Options{Path: t.TempDir() + "/hookflow.db"} },
		"postgres": func() store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, now: start}
			o := options()
			o.Clock, o.Logger = w.clock, slog.New(slog.DiscardHandler)
			var err error
			if w.store, err = store.Open(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := w.store.Close(); err != nil {
					t.Error(err)
				}
			})
			run(t, w)
		})
	}
}

func (w *world) clock() time.Time { return w.now }

func (w *world) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) workflow(key, options string) hookflow.ID {
	w.t.Helper()
	row := store.WorkflowRow{ID: w.store.IDs().Next(), Key: key, Published: w.store.IDs().Next(), CreatedAt: w.now, UpdatedAt: w.now}
	document := `{"key":"` + key + `","enabled":true,"trigger":{"type":"manual"},"options":` + options + `,"nodes":[]}`
	w.write(func(tx *store.Tx) error {
		r := hookflow.Revision{ID: row.Published, WorkflowID: row.ID, Number: 1, Document: []byte(document), CreatedAt: w.now}
		return errors.Join(tx.InsertWorkflow(row), tx.InsertRevision(r))
	})
	return row.ID
}

// run stores a delivery with an execution that began now and has this status.
func (w *world) run(workflow hookflow.ID, status hookflow.Status) (delivery, execution hookflow.ID) {
	w.t.Helper()
	body := strings.Repeat("0123456789", 100)
	e := &hookflow.Execution{
		ID: w.store.IDs().Next(), WorkflowID: workflow, RevisionID: 1, DeliveryID: w.store.IDs().Next(),
		StartedBy: hookflow.StartedByWebhook, Status: status, CreatedAt: w.now,
	}
	if status.Ended() {
		e.FinishedAt = w.now
	}
	d := &hookflow.Delivery{
		ID: e.DeliveryID, WorkflowID: workflow, ReceivedAt: w.now, Outcome: hookflow.OutcomeAccepted, ExecutionID: e.ID, BodySize: int64(len(body)),
	}
	packed, err := store.PackDelivery(d, []byte(body))
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *store.Tx) error { return errors.Join(tx.InsertDelivery(packed), tx.InsertExecution(e)) })
	return d.ID, e.ID
}

func (w *world) service(general hookflow.Retain) *retention.Service {
	return retention.New(retention.Options{
		Store: w.store, Default: general, Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
		Tick: func(time.Duration) <-chan time.Time { return time.After(0) },
	})
}

func (w *world) sweep(general hookflow.Retain) retention.Freed {
	w.t.Helper()
	freed, err := w.service(general).Sweep(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return freed
}

func (w *world) has(delivery, execution hookflow.ID) [2]bool {
	w.t.Helper()
	_, noDelivery := w.store.Delivery(w.t.Context(), delivery)
	_, noExecution := w.store.Execution(w.t.Context(), execution)
	return [2]bool{noDelivery == nil, noExecution == nil}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		own := w.workflow("own", `{"retain":{"succeeded":"7d","failed":"90d","deliveries":"30d"}}`)
		keeps := w.workflow("keeps", `{}`)
		type pair struct{ delivery, execution hookflow.ID }
		pairs := map[string]pair{}
		add := func(name string, workflow hookflow.ID, status hookflow.Status) {
			d, e := w.run(workflow, status)
			pairs[name] = pair{d, e}
		}
		add("open", own, hookflow.StatusWaiting)
		add("done", own, hookflow.StatusSucceeded)
		add("failed", own, hookflow.StatusError)
		add("kept", keeps, hookflow.StatusSucceeded)
		w.now = start.Add(5 * day)
		add("young", own, hookflow.StatusSucceeded)
		steps := []struct {
			at    time.Duration
			want  map[string][2]bool // delivery, execution
			freed retention.Freed
		}{
			{6 * day, map[string][2]bool{"open": {true, true}, "done": {true, true}, "failed": {true, true}, "young": {true, true}, "kept": {true, true}}, retention.Freed{}},
			{8 * day, map[string][2]bool{"open": {true, true}, "done": {true, false}, "failed": {true, true}, "young": {true, true}, "kept": {true, true}}, retention.Freed{Executions: 1}},
			{31 * day, map[string][2]bool{"open": {true, true}, "done": {false, false}, "failed": {false, true}, "young": {true, false}, "kept": {true, true}}, retention.Freed{Executions: 1, Deliveries: 2}},
			{91 * day, map[string][2]bool{"open": {true, true}, "done": {false, false}, "failed": {false, false}, "young": {false, false}, "kept": {true, true}}, retention.Freed{Executions: 1, Deliveries: 1}},
		}
		for _, step := range steps {
			w.now = start.Add(step.at)
			freed := w.sweep(hookflow.Retain{})
			if diff := cmp.Diff(step.freed, freed, cmpopts.IgnoreFields(retention.Freed{}, "Bytes")); diff != "" {
				t.Errorf("after %s (-want +got):\n%s", step.at, diff)
			}
			if least := freed.Deliveries*1000 + freed.Executions*100; freed.Bytes < least || freed.Bytes > 3*least {
				t.Errorf("after %s: %d bytes", step.at, freed.Bytes)
			}
			got := map[string][2]bool{}
			for name, p := range pairs {
				got[name] = w.has(p.delivery, p.execution)
			}
			if diff := cmp.Diff(step.want, got); diff != "" {
				t.Errorf("after %s (-want +got):\n%s", step.at, diff)
			}
		}
		report, err := retention.Last(t.Context(), w.store)
		if err != nil || !report.At.Equal(w.now) || report.Last.Deliveries != 1 || report.Total.Deliveries != 3 || report.Total.Executions != 3 {
			t.Errorf("report = %+v, %v", report, err)
		}
		if freed := w.sweep(hookflow.Retain{Succeeded: hookflow.Duration(day)}); freed.Executions != 1 {
			t.Errorf("with a general setting: %+v", freed)
		}
	})
}

// More than one batch goes, and a finished execution that began long ago is as old as its end.
func TestBatches(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, w *world) {
		id := w.workflow("a", `{"retain":{"succeeded":"1d","deliveries":"1d"}}`)
		_, slow := w.run(id, hookflow.StatusRunning)
		for range 600 {
			w.run(id, hookflow.StatusSucceeded)
		}
		w.now = start.Add(2 * day)
		w.write(func(tx *store.Tx) error {
			return tx.CommitExecution(&store.Commit{Execution: slow, Status: hookflow.StatusSucceeded, FinishedAt: w.now})
		})
		if freed := w.sweep(hookflow.Retain{}); freed.Executions != 600 || freed.Deliveries != 601 {
			t.Errorf("freed %+v", freed)
		}
		var left int
		if err := w.store.QueryRow(t.Context(), "SELECT count(*) FROM hf_bodies").Scan(&left); err != nil || left != 0 {
			t.Errorf("%d bodies are left, %v", left, err)
		}
	})
}
