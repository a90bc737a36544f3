package storetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

func sealedDelivery(t *testing.T, s *store.Store) {
	d := newDelivery(s, addWorkflow(t, s, "a"))
	d.Sealed = []byte{0, 1, 255}
	addDelivery(t, s, d, nil)
	same(t, "delivery", ok[*hookflow.Delivery](t)(s.Delivery(t.Context(), d.ID)), d)
}

func moreDeliveryFilters(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	first := newDelivery(s, w)
	addDelivery(t, s, first, nil)
	e := newExecution(s, w)
	again := newDelivery(s, w)
	again.ReplayOf, again.Status, again.Method, again.ExecutionID, again.Test = first.ID, 503, "PUT", e.ID, true
	e.DeliveryID = again.ID
	addDelivery(t, s, again, nil)
	addExecution(t, s, e)
	same(t, "a test", ok[*hookflow.Delivery](t)(s.Delivery(t.Context(), again.ID)), again)
	yes := true
	for name, filter := range map[string]store.DeliveryFilter{
		"test": {Test: &yes}, "a replay": {Replay: &yes}, "status": {Status: 503}, "method": {Method: "PUT"}, "replay": {ReplayOf: first.ID}, "execution": {Execution: e.ID},
	} {
		items, _, err := s.Deliveries(t.Context(), filter, store.Page{})
		if err != nil || len(items) != 1 || items[0].ID != again.ID {
			t.Errorf("%s: %v, %v", name, items, err)
		}
	}
	no := false
	items, _, err := s.Deliveries(t.Context(), store.DeliveryFilter{Replay: &no}, store.Page{})
	if err != nil || len(items) != 1 || items[0].ID != first.ID {
		t.Errorf("no replay: %v, %v", items, err)
	}
}

func scans(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	bodies := [][]byte{[]byte("one"), nil, bytes.Repeat([]byte("three "), 1000), []byte("four")}
	var all []hookflow.ID
	for _, body := range bodies {
		d := newDelivery(s, w)
		addDelivery(t, s, d, body)
		all = append(all, d.ID)
	}
	for name, test := range map[string]struct {
		scan store.Scan
		want []int
	}{
		"all":      {store.Scan{Limit: 10, Whole: true}, []int{0, 1, 2, 3}},
		"backward": {store.Scan{Limit: 2, Backward: true, Whole: true}, []int{3, 2}},
		"between":  {store.Scan{Limit: 10, After: all[0], Before: all[3], Whole: true}, []int{1, 2}},
		"filtered": {store.Scan{Limit: 10, Filter: store.DeliveryFilter{Workflow: "b"}, Whole: true}, nil},
	} {
		var want, found []hookflow.ID
		for _, i := range test.want {
			want = append(want, all[i])
		}
		err := s.ScanDeliveries(t.Context(), test.scan, func(d *hookflow.Delivery, body []byte) bool {
			found = append(found, d.ID)
			for i, id := range all {
				if id == d.ID && (!bytes.Equal(body, bodies[i]) || len(d.Headers) == 0) {
					t.Errorf("%s: delivery %d has the body %.20q and %d headers", name, i, body, len(d.Headers))
				}
			}
			return true
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, found, want)
	}
	visited := 0
	err := s.ScanDeliveries(t.Context(), store.Scan{Limit: 10}, func(d *hookflow.Delivery, body []byte) bool {
		if visited++; len(d.Headers)+len(body) > 0 {
			t.Error("more was read than was wanted")
		}
		return false
	})
	if err != nil || visited != 1 {
		t.Errorf("%d visited, %v", visited, err)
	}
}

func executionsOfDelivery(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	d, e, retry, other := newDelivery(s, w), newExecution(s, w), newExecution(s, w), newExecution(s, w)
	d.ExecutionID, e.DeliveryID, retry.DeliveryID, retry.RetryOf = e.ID, d.ID, d.ID, e.ID
	addDelivery(t, s, d, nil)
	for _, e := range []*hookflow.Execution{e, retry, other} {
		addExecution(t, s, e)
	}
	for name, test := range map[string]struct {
		filter store.ExecutionFilter
		want   []hookflow.ID
	}{
		"delivery": {store.ExecutionFilter{Delivery: d.ID}, []hookflow.ID{retry.ID, e.ID}},
		"none":     {store.ExecutionFilter{Delivery: other.ID}, nil},
		"retries":  {store.ExecutionFilter{RetryOf: e.ID}, []hookflow.ID{retry.ID}},
		"none of":  {store.ExecutionFilter{RetryOf: retry.ID}, nil},
	} {
		var found []hookflow.ID
		for _, e := range ok2(t)(s.Executions(t.Context(), test.filter, store.Page{})) {
			found = append(found, e.ID)
		}
		same(t, name, found, test.want)
	}
}

func ok2(t *testing.T) func([]hookflow.Execution, string, error) []hookflow.Execution {
	return func(items []hookflow.Execution, _ string, err error) []hookflow.Execution {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return items
	}
}

func replays(t *testing.T, s *store.Store) {
	ctx := t.Context()
	_, err := s.ClaimReplay(ctx)
	wantCode(t, err, hookflow.CodeNotFound)
	r := store.Replay{
		ID: s.IDs().Next(), Filter: []byte(`{"workflow":"a"}`), Revision: "current", Status: hookflow.StatusRunning, Total: 3,
		Until: s.IDs().Next(), CreatedAt: now, CreatedBy: "ada",
	}
	later := r
	later.ID = s.IDs().Next()
	write(t, s, func(tx *store.Tx) error { return errors.Join(tx.InsertReplay(&r), tx.InsertReplay(&later)) })
	same(t, "stored", ok[store.Replay](t)(s.Replay(ctx, r.ID)), r)
	same(t, "count", ok[int64](t)(s.CountReplays(ctx)), int64(2))

	err = s.Write(ctx, func(tx *store.Tx) error { return s.AdvanceReplay(tx, &r) })
	if !errors.Is(err, store.ErrFenced) {
		t.Errorf("a replay that nobody claimed: %v", err)
	}
	same(t, "claimed", ok[store.Replay](t)(s.ClaimReplay(ctx)), r)
	r.Done, r.Failed, r.Position, r.Failures = 1, 1, r.Until-1, []store.ReplayFailure{{Delivery: 7, Reason: "no body"}}
	write(t, s, func(tx *store.Tx) error { return s.AdvanceReplay(tx, &r) })
	same(t, "claimed again", ok[store.Replay](t)(s.ClaimReplay(ctx)), r)
	r.Status, r.FinishedAt = hookflow.StatusSucceeded, now
	write(t, s, func(tx *store.Tx) error { return s.AdvanceReplay(tx, &r) })
	same(t, "the next", ok[store.Replay](t)(s.ClaimReplay(ctx)).ID, later.ID)

	for i, want := range []bool{true, false} {
		write(t, s, func(tx *store.Tx) error {
			aborted, err := tx.AbortReplay(later.ID, now)
			if aborted != want {
				t.Errorf("abort %d: %v", i, aborted)
			}
			return err
		})
	}
	err = s.Write(ctx, func(tx *store.Tx) error { return s.AdvanceReplay(tx, &later) })
	if !errors.Is(err, store.ErrFenced) {
		t.Errorf("an aborted replay goes on: %v", err)
	}
	items, next, err := s.Replays(ctx, store.Page{Limit: 1})
	if err != nil || next == "" || len(items) != 1 || items[0].Status != hookflow.StatusAborted {
		t.Errorf("list: %v, %q, %v", items, next, err)
	}
}

func oldRows(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	add := func(status hookflow.Status, body string) (*hookflow.Delivery, *hookflow.Execution) {
		d, e := newDelivery(s, w), newExecution(s, w)
		d.ExecutionID, e.DeliveryID, e.Status = e.ID, d.ID, status
		if status.Ended() {
			e.FinishedAt = now
		}
		addDelivery(t, s, d, []byte(body))
		addExecution(t, s, e)
		return d, e
	}
	done, doneRun := add(hookflow.StatusSucceeded, "body")
	open, openRun := add(hookflow.StatusQueued, "body")
	retried, retriedRun := add(hookflow.StatusError, "body")
	retry := newExecution(s, w)
	retry.RetryOf, retry.DeliveryID, retry.Status = retriedRun.ID, retried.ID, hookflow.StatusWaiting
	addExecution(t, s, retry)

	soon := s.IDs().Next().Time().Add(time.Hour)
	ignoreBytes := cmpopts.IgnoreFields(store.Old{}, "Bytes")
	same(t, "executions", ok[[]store.Old](t)(s.OldExecutions(t.Context(), w.ID, 0, soon, 10)), []store.Old{
		{ID: doneRun.ID, Status: hookflow.StatusSucceeded, At: now, Free: true},
		{ID: openRun.ID, Status: hookflow.StatusQueued},
		{ID: retriedRun.ID, Status: hookflow.StatusError, At: now, Free: true},
		{ID: retry.ID, Status: hookflow.StatusWaiting},
	}, ignoreBytes)
	found := ok[[]store.Old](t)(s.OldDeliveries(t.Context(), w.ID, 0, soon, 10))
	same(t, "deliveries", found, []store.Old{
		{ID: done.ID, At: done.ReceivedAt, Free: true}, {ID: open.ID, At: open.ReceivedAt}, {ID: retried.ID, At: retried.ReceivedAt},
	}, ignoreBytes)
	if found[0].Bytes < 100 || found[0].Bytes > 1000 {
		t.Errorf("a small delivery takes %d bytes", found[0].Bytes)
	}
	same(t, "after", len(ok[[]store.Old](t)(s.OldDeliveries(t.Context(), w.ID, done.ID, soon, 1))), 1)
	same(t, "before", len(ok[[]store.Old](t)(s.OldDeliveries(t.Context(), w.ID, 0, done.ID.Time(), 10))), 0)

	write(t, s, func(tx *store.Tx) error {
		for _, d := range []*hookflow.Delivery{done, open, retried} {
			tx.PruneDelivery(d.ID)
		}
		tx.PruneExecution(doneRun.ID)
		return nil
	})
	_, err := s.Delivery(t.Context(), done.ID)
	wantCode(t, err, hookflow.CodeNotFound)
	_, err = s.Execution(t.Context(), doneRun.ID)
	wantCode(t, err, hookflow.CodeNotFound)
	for _, d := range []*hookflow.Delivery{open, retried} {
		same(t, "what an execution needs", string(ok[[]byte](t)(s.DeliveryBody(t.Context(), d.ID))), "body")
	}
}

func publishedDocuments(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	write(t, s, func(tx *store.Tx) error { return tx.DeleteWorkflow(w.ID, now) })
	documents := ok[[]store.PublishedDocument](t)(s.PublishedDocuments(t.Context()))
	if len(documents) != 1 || documents[0].Workflow != w.ID || len(documents[0].Document) == 0 {
		t.Errorf("documents: %v", documents)
	}
}
