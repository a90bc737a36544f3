package storetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// addWorkflow adds an enabled workflow with one published revision.
func addWorkflow(t *testing.T, s *store.Store, key string) store.WorkflowRow {
	t.Helper()
	w := store.WorkflowRow{
		ID: s.IDs().Next(), Key: key, Title: strings.ToUpper(key), Enabled: true, Published: s.IDs().Next(),
		Number: 1, CreatedAt: now, UpdatedAt: now,
	}
	write(t, s, func(tx *store.Tx) error {
		r := hookflow.Revision{ID: w.Published, WorkflowID: w.ID, Number: 1, Document: []byte(key), CreatedAt: now, CreatedBy: "a"}
		return errors.Join(tx.InsertWorkflow(w), tx.InsertRevision(r))
	})
	return w
}

func workflows(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, b := addWorkflow(t, s, "a"), addWorkflow(t, s, "b")
	same(t, "workflow", ok[store.WorkflowRow](t)(s.Workflow(ctx, "a")), a)
	_, err := s.Workflow(ctx, "c")
	wantCode(t, err, hookflow.CodeNotFound)

	page, next, err := s.Workflows(ctx, store.Page{Limit: 1})
	same(t, "first page", page, []store.WorkflowRow{b})
	if err != nil || next == "" {
		t.Fatalf("next %q, %v", next, err)
	}
	page, next, err = s.Workflows(ctx, store.Page{Limit: 1, Cursor: next})
	same(t, "last page", page, []store.WorkflowRow{a})
	if err != nil || next != "" {
		t.Fatalf("next %q, %v", next, err)
	}
	same(t, "count", ok[int64](t)(s.CountWorkflows(ctx)), int64(2))

	b.Enabled, b.Title, b.Draft, b.UpdatedAt = false, "B!", s.IDs().Next(), now.Add(time.Hour)
	write(t, s, func(tx *store.Tx) error { return tx.UpdateWorkflow(b) })
	same(t, "changed", ok[store.WorkflowRow](t)(s.Workflow(ctx, "b")), b)
	published := ok[[]store.PublishedWorkflow](t)(s.PublishedWorkflows(ctx))
	same(t, "published", published, []store.PublishedWorkflow{{WorkflowRow: a, Document: []byte("a")}, {WorkflowRow: b, Document: []byte("b")}})

	again := store.WorkflowRow{ID: s.IDs().Next(), Key: "a", CreatedAt: now, UpdatedAt: now}
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertWorkflow(again) }), hookflow.CodeConflict)
	write(t, s, func(tx *store.Tx) error {
		if _, err := tx.Workflow("a"); err != nil {
			return err
		}
		return tx.DeleteWorkflow(a.ID, now)
	})
	_, err = s.Workflow(ctx, "a")
	wantCode(t, err, hookflow.CodeNotFound)
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DeleteWorkflow(a.ID, now) }), hookflow.CodeNotFound)
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateWorkflow(a) }), hookflow.CodeNotFound)
	same(t, "its revision", ok[hookflow.Revision](t)(s.Revision(ctx, a.Published)).Number, 1)
	write(t, s, func(tx *store.Tx) error { return tx.InsertWorkflow(again) })
}

func endpoints(t *testing.T, s *store.Store) {
	a, b := addWorkflow(t, s, "a"), addWorkflow(t, s, "b")
	claim := func(w store.WorkflowRow, e ...store.Endpoint) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.ReplaceEndpoints(w.ID, e) })
	}
	one, two := store.Endpoint{Method: "POST", Pattern: "orders/:"}, store.Endpoint{Method: "GET", Pattern: "orders/:"}
	if err := claim(a, one); err != nil {
		t.Fatal(err)
	}
	if err := claim(a, one, two); err != nil {
		t.Errorf("claim again: %v", err)
	}
	err := claim(b, two)
	wantCode(t, err, hookflow.CodeConflict)
	if err == nil || !strings.Contains(err.Error(), `"a"`) {
		t.Errorf("%v does not name the other workflow", err)
	}
	if err := errors.Join(claim(a, one), claim(b, two)); err != nil {
		t.Errorf("claim what was given up: %v", err)
	}
	write(t, s, func(tx *store.Tx) error { return tx.DeleteWorkflow(a.ID, now) })
	if err := claim(b, one, two); err != nil {
		t.Errorf("claim what a deleted workflow had: %v", err)
	}
}

func revisions(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	second := hookflow.Revision{ID: s.IDs().Next(), WorkflowID: w.ID, Number: 2, Document: []byte("2"), CreatedAt: now, CreatedBy: "b", Grants: hookflow.Grants{Names: []string{"A", "B"}}}
	draft := hookflow.Revision{ID: s.IDs().Next(), WorkflowID: w.ID, Document: []byte("draft"), CreatedAt: now, Grants: hookflow.Grants{All: true}}
	other := draft
	other.ID = s.IDs().Next()
	write(t, s, func(tx *store.Tx) error {
		return errors.Join(tx.InsertRevision(second), tx.InsertRevision(draft), tx.InsertRevision(other))
	})
	same(t, "draft", ok[hookflow.Revision](t)(s.Revision(t.Context(), draft.ID)), draft)
	same(t, "by number", ok[hookflow.Revision](t)(s.RevisionByNumber(t.Context(), w.ID, 2)), second)
	_, err := s.RevisionByNumber(t.Context(), w.ID, 3)
	wantCode(t, err, hookflow.CodeNotFound)
	list := ok[[]hookflow.Revision](t)(s.Revisions(t.Context(), w.ID))
	if len(list) != 2 || list[0].Number != 2 || list[1].Number != 1 || list[1].Document != nil {
		t.Errorf("revisions %+v", list)
	}
	second.ID = s.IDs().Next()
	wantCode(t, s.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertRevision(second) }), hookflow.CodeConflict)
}

func newDelivery(s *store.Store, w store.WorkflowRow) *hookflow.Delivery {
	return &hookflow.Delivery{
		ID: s.IDs().Next(), WorkflowID: w.ID, WorkflowKey: w.Key, ReceivedAt: now, Method: "POST",
		URL: "https://x.test/api/webhooks/a?b=1", Path: "a", Pattern: "a", IP: "192.0.2.1",
		Headers: []hookflow.Header{{Name: "X-B", Value: "2"}, {Name: "X-A", Value: ""}, {Name: "X-B", Value: "1"}},
		Outcome: hookflow.OutcomeAccepted, Status: 200, ExecutionID: s.IDs().Next(),
	}
}

func addDelivery(t *testing.T, s *store.Store, d *hookflow.Delivery, body []byte) {
	t.Helper()
	packed := ok[*store.PackedDelivery](t)(store.PackDelivery(d, body))
	write(t, s, func(tx *store.Tx) error { return tx.InsertDelivery(packed) })
}

func deliveries(t *testing.T, s *store.Store) {
	ctx := t.Context()
	accepted := newDelivery(s, addWorkflow(t, s, "a"))
	unknown := newDelivery(s, store.WorkflowRow{})
	unknown.Headers, unknown.ExecutionID, unknown.ReplayOf = nil, 0, accepted.ID
	unknown.Outcome, unknown.Reason, unknown.Detail = hookflow.OutcomeRejected, hookflow.ReasonVerification, "bad \U0001f512"
	unknown.Report = &hookflow.Report{Scheme: "hmac", Checks: []hookflow.Check{{Check: "signature", Detail: "differs"}}}
	unknown.Answer = &hookflow.Response{Status: 401, Headers: map[string]string{"A": "b"}, Body: []byte("verification failed")}
	for _, d := range []*hookflow.Delivery{accepted, unknown} {
		addDelivery(t, s, d, nil)
		same(t, "delivery", ok[*hookflow.Delivery](t)(s.Delivery(ctx, d.ID)), d)
	}
	hostile := newDelivery(s, store.WorkflowRow{})
	hostile.URL, hostile.Path, hostile.Detail = "https://x.test/\x00", "\xff", "'; DROP TABLE hf_meta; --\x00"
	hostile.Headers = []hookflow.Header{{Name: "X", Value: "\x00"}}
	addDelivery(t, s, hostile, nil)
	hostile.URL, hostile.Path, hostile.Detail = "https://x.test/\ufffd", "\ufffd", "'; DROP TABLE hf_meta; --\ufffd"
	same(t, "hostile delivery", ok[*hookflow.Delivery](t)(s.Delivery(ctx, hostile.ID)), hostile)
	_, err := s.Delivery(ctx, s.IDs().Next())
	wantCode(t, err, hookflow.CodeNotFound)

	answer := &hookflow.Response{Status: 504, Body: []byte("late")}
	write(t, s, func(tx *store.Tx) error { return tx.SetDeliveryAnswer(accepted.ID, 504, answer) })
	accepted.Status, accepted.Answer = 504, answer
	same(t, "answered", ok[*hookflow.Delivery](t)(s.Delivery(ctx, accepted.ID)), accepted)
	err = s.Write(ctx, func(tx *store.Tx) error { return tx.SetDeliveryAnswer(1, 200, nil) })
	wantCode(t, err, hookflow.CodeNotFound)
}

func bodies(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	random := make([]byte, 5000)
	source := rand.NewChaCha8([32]byte{})
	_, _ = source.Read(random)
	for name, body := range map[string][]byte{
		"empty": nil, "one byte": {0}, "text": []byte(`{"a": 1}`), "binary": {0, 255, 0, 128},
		"compressed": bytes.Repeat([]byte("hookflow "), 10_000), "incompressible": random,
		"bulky": bytes.Repeat([]byte("hookflow "), 100_000),
	} {
		d := newDelivery(s, w)
		addDelivery(t, s, d, body)
		same(t, name, ok[[]byte](t)(s.DeliveryBody(t.Context(), d.ID)), body)
	}
	_, err := s.DeliveryBody(t.Context(), s.IDs().Next())
	wantCode(t, err, hookflow.CodeNotFound)
}

func deliveryFilters(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	day := func(n int) time.Time {
		return s.IDs().Next().Time().Truncate(time.Second).Add(time.Duration(n) * time.Hour)
	}
	add := func(w store.WorkflowRow, change func(d *hookflow.Delivery)) hookflow.ID {
		d := newDelivery(s, w)
		d.ReceivedAt = day(0)
		change(d)
		addDelivery(t, s, d, nil)
		return d.ID
	}
	first := add(w, func(d *hookflow.Delivery) { d.ReceivedAt = day(-2); d.URL = "https://x.test/100%_\\Sure" })
	second := add(w, func(d *hookflow.Delivery) {
		d.Outcome, d.Reason, d.Detail = hookflow.OutcomeRejected, hookflow.ReasonIP, "Not Welcome"
	})
	third := add(store.WorkflowRow{}, func(d *hookflow.Delivery) {
		d.Outcome, d.Reason, d.IP = hookflow.OutcomeRejected, hookflow.ReasonNoSuchPath, "2001:db8::7"
	})
	for name, test := range map[string]struct {
		filter store.DeliveryFilter
		want   []hookflow.ID
	}{
		"all":              {store.DeliveryFilter{}, []hookflow.ID{third, second, first}},
		"workflow":         {store.DeliveryFilter{Workflow: "a"}, []hookflow.ID{second, first}},
		"no such workflow": {store.DeliveryFilter{Workflow: "b"}, nil},
		"outcome":          {store.DeliveryFilter{Outcome: hookflow.OutcomeAccepted}, []hookflow.ID{first}},
		"bad outcome":      {store.DeliveryFilter{Outcome: hookflow.OutcomeRejected}, []hookflow.ID{third, second}},
		"reason":           {store.DeliveryFilter{Reason: hookflow.ReasonIP}, []hookflow.ID{second}},
		"both":             {store.DeliveryFilter{Workflow: "a", Outcome: hookflow.OutcomeRejected}, []hookflow.ID{second}},
		"from":             {store.DeliveryFilter{From: day(-1)}, []hookflow.ID{third, second}},
		"to":               {store.DeliveryFilter{To: day(-1)}, []hookflow.ID{first}},
		"address":          {store.DeliveryFilter{IP: "2001:db8::7"}, []hookflow.ID{third}},
		"hostile":          {store.DeliveryFilter{Workflow: "\x00", Method: "\xff'"}, nil},
	} {
		items, next, err := s.Deliveries(t.Context(), test.filter, store.Page{})
		if err != nil || next != "" {
			t.Errorf("%s: next %q, %v", name, next, err)
		}
		var found []hookflow.ID
		for _, d := range items {
			found = append(found, d.ID)
		}
		same(t, name, found, test.want)
		same(t, name+": count", ok[int64](t)(s.CountDeliveries(t.Context(), test.filter)), int64(len(test.want)))
	}
}

func deliveryPages(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	var want []hookflow.ID
	for range 7 {
		d := newDelivery(s, w)
		addDelivery(t, s, d, nil)
		want = append([]hookflow.ID{d.ID}, want...)
	}
	var found []hookflow.ID
	page := store.Page{Limit: 3}
	for rounds := 0; rounds == 0 || page.Cursor != ""; rounds++ {
		items, next, err := s.Deliveries(t.Context(), store.DeliveryFilter{}, page)
		if err != nil || len(items) > 3 || rounds > 3 {
			t.Fatalf("%d items in round %d, %v", len(items), rounds, err)
		}
		for _, d := range items {
			found = append(found, d.ID)
		}
		addDelivery(t, s, newDelivery(s, w), nil) // what comes meanwhile is on no later page
		page.Cursor = next
	}
	same(t, "pages", found, want)
	_, _, err := s.Deliveries(t.Context(), store.DeliveryFilter{}, store.Page{Cursor: "'; --"})
	wantCode(t, err, hookflow.CodeInvalid)
}

func newExecution(s *store.Store, w store.WorkflowRow) *hookflow.Execution {
	return &hookflow.Execution{
		ID: s.IDs().Next(), WorkflowID: w.ID, WorkflowKey: w.Key, RevisionID: w.Published, Revision: w.Number,
		StartedBy: hookflow.StartedByWebhook, Status: hookflow.StatusQueued, CreatedAt: now, DueAt: now,
	}
}

func addExecution(t *testing.T, s *store.Store, e *hookflow.Execution) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error { return tx.InsertExecution(e) })
}

func executions(t *testing.T, s *store.Store) {
	w := addWorkflow(t, s, "a")
	plain := newExecution(s, w)
	full := newExecution(s, w)
	full.DeliveryID, full.RetryOf, full.Status, full.Error, full.Epoch, full.Limit = 5, plain.ID, hookflow.StatusError, "no", 3, 1
	full.DueAt, full.StartedAt, full.FinishedAt = time.Time{}, now.Add(time.Second), now.Add(time.Minute)
	full.Input, full.State, full.Response, full.Output = bytes.Repeat([]byte("in"), 3000), []byte("s"), []byte("r"), []byte("null")
	for _, e := range []*hookflow.Execution{plain, full} {
		addExecution(t, s, e)
		same(t, "execution", ok[*hookflow.Execution](t)(s.Execution(t.Context(), e.ID)), e)
	}
	undue := newExecution(s, w)
	undue.DueAt = time.Time{}
	addExecution(t, s, undue)
	same(t, "due", ok[*hookflow.Execution](t)(s.Execution(t.Context(), undue.ID)).DueAt, now)
	_, err := s.Execution(t.Context(), s.IDs().Next())
	wantCode(t, err, hookflow.CodeNotFound)

	write(t, s, func(tx *store.Tx) error { return tx.DeleteWorkflow(w.ID, now) })
	same(t, "key of a deleted workflow", ok[*hookflow.Execution](t)(s.Execution(t.Context(), plain.ID)).WorkflowKey, "a")
}

func executionFilters(t *testing.T, s *store.Store) {
	w, other := addWorkflow(t, s, "a"), addWorkflow(t, s, "b")
	byStatus := map[hookflow.Status]hookflow.ID{}
	var all []hookflow.ID
	for _, status := range []hookflow.Status{
		hookflow.StatusQueued, hookflow.StatusRunning, hookflow.StatusWaiting, hookflow.StatusSucceeded,
		hookflow.StatusFailed, hookflow.StatusError, hookflow.StatusAborted, hookflow.StatusCancelled, hookflow.StatusRejected,
	} {
		e := newExecution(s, w)
		e.Status = status
		addExecution(t, s, e)
		byStatus[status] = e.ID
		all = append([]hookflow.ID{e.ID}, all...)
	}
	e := newExecution(s, other)
	e.DeliveryID, e.Status = 7, hookflow.StatusSucceeded
	addExecution(t, s, e)
	check := func(filter store.ExecutionFilter, want ...hookflow.ID) {
		t.Helper()
		items, _, err := s.Executions(t.Context(), filter, store.Page{})
		var found []hookflow.ID
		for _, e := range items {
			found = append(found, e.ID)
		}
		if err != nil {
			t.Errorf("%+v: %v", filter, err)
		}
		same(t, "found", found, want)
		same(t, "count", ok[int64](t)(s.CountExecutions(t.Context(), filter)), int64(len(want)))
	}
	check(store.ExecutionFilter{Workflow: "a"}, all...)
	for status, id := range byStatus {
		check(store.ExecutionFilter{Workflow: "a", Status: status}, id)
	}
	check(store.ExecutionFilter{Status: hookflow.StatusSucceeded}, e.ID, byStatus[hookflow.StatusSucceeded])
	called, again := newExecution(s, other), newExecution(s, other)
	called.ParentID, called.StartedBy, called.Status, called.Error = e.ID, hookflow.StartedByCall, hookflow.StatusError, `POST x: 100% of C:\a_b`
	again.RetryOf, again.StartedBy = called.ID, hookflow.StartedByRetry
	addExecution(t, s, called)
	addExecution(t, s, again)
	check(store.ExecutionFilter{Parent: e.ID}, called.ID)
	check(store.ExecutionFilter{StartedBy: hookflow.StartedByCall}, called.ID)
	check(store.ExecutionFilter{RetryOf: called.ID}, again.ID)
	for _, part := range []string{"post X", "100%", `c:\A_`} {
		check(store.ExecutionFilter{Error: part}, called.ID)
	}
	for _, part := range []string{"post_x", "1%x", "gone"} {
		check(store.ExecutionFilter{Error: part})
	}
	check(store.ExecutionFilter{Error: "post", Status: hookflow.StatusFailed})
}

func commits(t *testing.T, s *store.Store) {
	e := newExecution(s, addWorkflow(t, s, "a"))
	e.Epoch = 1
	addExecution(t, s, e)
	step := hookflow.Step{
		NodeKey: "n", Type: "set", Path: "n", Status: hookflow.StatusSucceeded, StartedAt: now, DurationMS: 0.25, Attempt: 1,
		Input: json.RawMessage(`{"z":1.0,"a":12345678901234567890,"h":"<&>\ud800\u0000"}`), Output: json.RawMessage(`null`),
		Logs: []hookflow.Log{{Level: "info", Text: "ü", At: now}},
	}
	long := step
	long.NodeKey, long.Output = "long", json.RawMessage(`"`+strings.Repeat("x", 10_000)+`"`)
	write(t, s, func(tx *store.Tx) error {
		return tx.CommitExecution(&store.Commit{
			Execution: e.ID, Epoch: 1, Seq: 0, Steps: []hookflow.Step{step, long}, Status: hookflow.StatusWaiting,
			State: []byte("here"), DueAt: now.Add(time.Hour), StartedAt: now, Response: []byte("201"),
		})
	})
	e.Status, e.State, e.DueAt, e.StartedAt, e.Response = hookflow.StatusWaiting, []byte("here"), now.Add(time.Hour), now, []byte("201")
	same(t, "waiting", ok[*hookflow.Execution](t)(s.Execution(t.Context(), e.ID)), e)
	write(t, s, func(tx *store.Tx) error {
		return tx.CommitExecution(&store.Commit{
			Execution: e.ID, Epoch: 1, Seq: 1, Steps: []hookflow.Step{step}, Status: hookflow.StatusFailed,
			FinishedAt: now.Add(2 * time.Hour), Error: "why", Output: []byte("{}"),
		})
	})
	e.Status, e.State, e.DueAt, e.FinishedAt, e.Error, e.Output = hookflow.StatusFailed, nil, time.Time{}, now.Add(2*time.Hour), "why", []byte("{}")
	same(t, "ended", ok[*hookflow.Execution](t)(s.Execution(t.Context(), e.ID)), e)
	same(t, "journal", ok[[]hookflow.Step](t)(s.Journal(t.Context(), e.ID)), []hookflow.Step{step, long, step})
	same(t, "no journal", ok[[]hookflow.Step](t)(s.Journal(t.Context(), 1)), []hookflow.Step(nil))
}

func fencing(t *testing.T, s *store.Store) {
	e := newExecution(s, addWorkflow(t, s, "a"))
	e.Epoch = 2
	addExecution(t, s, e)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.CommitExecution(&store.Commit{
			Execution: e.ID, Epoch: 1, Steps: []hookflow.Step{{NodeKey: "n"}}, Status: hookflow.StatusSucceeded,
		})
	})
	if !errors.Is(err, store.ErrFenced) {
		t.Errorf("got %v, want ErrFenced", err)
	}
	same(t, "execution", ok[*hookflow.Execution](t)(s.Execution(t.Context(), e.ID)), e)
	same(t, "journal", len(ok[[]hookflow.Step](t)(s.Journal(t.Context(), e.ID))), 0)
}

func ending(t *testing.T, s *store.Store) {
	e := newExecution(s, addWorkflow(t, s, "a"))
	e.State = []byte("s")
	addExecution(t, s, e)
	for round, want := range []bool{true, false} {
		write(t, s, func(tx *store.Tx) error {
			ended, err := tx.EndExecution(e.ID, hookflow.StatusCancelled, "asked to", now)
			if ended != want {
				t.Errorf("round %d: ended %v", round, ended)
			}
			return err
		})
	}
	e.Status, e.Error, e.Epoch, e.State, e.DueAt, e.FinishedAt = hookflow.StatusCancelled, "asked to", 1, nil, time.Time{}, now
	same(t, "ended", ok[*hookflow.Execution](t)(s.Execution(t.Context(), e.ID)), e)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.CommitExecution(&store.Commit{Execution: e.ID, Status: hookflow.StatusSucceeded})
	})
	if !errors.Is(err, store.ErrFenced) {
		t.Errorf("its worker: got %v, want ErrFenced", err)
	}
}

func env(t *testing.T, s *store.Store) {
	a := store.EnvVar{Name: "A", Value: []byte("plain"), UpdatedAt: now}
	b := store.EnvVar{Name: "B", Value: []byte{0, 1, 2}, Secret: true, Previous: []byte{0, 3}, UpdatedAt: now}
	write(t, s, func(tx *store.Tx) error { return errors.Join(tx.PutEnvVar(b), tx.PutEnvVar(a)) })
	same(t, "all", ok[[]store.EnvVar](t)(s.EnvVars(t.Context())), []store.EnvVar{a, b})
	a.Value, a.Secret = nil, true
	write(t, s, func(tx *store.Tx) error { return tx.PutEnvVar(a) })
	same(t, "replaced", ok[store.EnvVar](t)(s.EnvVar(t.Context(), "A")), a, cmpopts.EquateEmpty())
	write(t, s, func(tx *store.Tx) error { return tx.DeleteEnvVar("A") })
	_, err := s.EnvVar(t.Context(), "A")
	wantCode(t, err, hookflow.CodeNotFound)
	wantCode(t, s.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteEnvVar("A") }), hookflow.CodeNotFound)
}

func addUser(t *testing.T, s *store.Store, email string) store.User {
	t.Helper()
	u := store.User{ID: s.IDs().Next(), Email: email, PasswordHash: "$hash", Role: "admin", CreatedAt: now}
	write(t, s, func(tx *store.Tx) error { return tx.InsertUser(u) })
	return u
}

func users(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, b := addUser(t, s, "a@example.test"), addUser(t, s, "b@example.test")
	same(t, "all", ok[[]store.User](t)(s.Users(ctx)), []store.User{b, a})
	same(t, "by address", ok[store.User](t)(s.UserByEmail(ctx, a.Email)), a)
	_, err := s.UserByEmail(ctx, "c@example.test")
	wantCode(t, err, hookflow.CodeNotFound)
	c := b
	c.ID = s.IDs().Next()
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.InsertUser(c) }), hookflow.CodeConflict)
	b.Email = a.Email
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateUser(b) }), hookflow.CodeConflict)
	b.Email, b.Role = "c@example.test", "viewer"
	write(t, s, func(tx *store.Tx) error { return tx.UpdateUser(b) })
	same(t, "changed", ok[store.User](t)(s.User(ctx, b.ID)), b)
	same(t, "admins", ok[int64](t)(s.CountUsers(ctx, "admin")), int64(1))
	write(t, s, func(tx *store.Tx) error { return tx.DeleteUser(a.ID) })
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.UpdateUser(a) }), hookflow.CodeNotFound)
	write(t, s, func(tx *store.Tx) error {
		n, err := tx.CountUsers("")
		if n != 1 {
			t.Errorf("%d users", n)
		}
		return err
	})
}

func sessions(t *testing.T, s *store.Store) {
	u := addUser(t, s, "a@example.test")
	add := func(hash string, expires time.Time) store.Session {
		session := store.Session{Hash: []byte(hash), UserID: u.ID, CreatedAt: now, ExpiresAt: expires, IP: "::1", UserAgent: "curl"}
		write(t, s, func(tx *store.Tx) error { return tx.InsertSession(session) })
		return session
	}
	has := func(hash string) bool {
		_, err := s.SessionByHash(t.Context(), []byte(hash))
		if err != nil {
			wantCode(t, err, hookflow.CodeNotFound)
		}
		return err == nil
	}
	a := add("a\x00", now.Add(time.Hour))
	add("b", now.Add(time.Minute))
	same(t, "session", ok[store.Session](t)(s.SessionByHash(t.Context(), a.Hash)), a)
	a.LastUsedAt = now.Add(time.Second)
	write(t, s, func(tx *store.Tx) error { return tx.TouchSession(a.Hash, a.LastUsedAt) })
	same(t, "used", ok[[]store.Session](t)(s.Sessions(t.Context(), u.ID))[0], a)
	write(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredSessions(now.Add(time.Minute), now.Add(-time.Hour)) })
	same(t, "expired", []bool{has("a\x00"), has("b")}, []bool{true, false})
	add("idle", now.Add(time.Hour))
	write(t, s, func(tx *store.Tx) error { return tx.DeleteExpiredSessions(now, now) })
	same(t, "idle", []bool{has("a\x00"), has("idle")}, []bool{true, false})
	add("other", now.Add(time.Hour))
	write(t, s, func(tx *store.Tx) error { return tx.DeleteOtherSessions(u.ID, a.Hash) })
	same(t, "others", []bool{has("a\x00"), has("other")}, []bool{true, false})
	write(t, s, func(tx *store.Tx) error { return tx.DeleteSession(a.Hash) })
	same(t, "deleted", has("a\x00"), false)
	add("c", now)
	write(t, s, func(tx *store.Tx) error { return tx.DeleteSessions(u.ID) })
	same(t, "all deleted", has("c"), false)
	add("d", now)
	write(t, s, func(tx *store.Tx) error { return tx.DeleteUser(u.ID) })
	same(t, "of a deleted user", has("d"), false)
}

func apiKeys(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := store.APIKey{ID: s.IDs().Next(), Name: "a", Role: "editor", Hash: []byte{1}, CreatedAt: now}
	b := store.APIKey{ID: s.IDs().Next(), Name: "b", Role: "viewer", Hash: []byte{2}, CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
	write(t, s, func(tx *store.Tx) error { return errors.Join(tx.InsertAPIKey(a), tx.InsertAPIKey(b)) })
	same(t, "all", ok[[]store.APIKey](t)(s.APIKeys(ctx)), []store.APIKey{b, a})
	a.LastUsedAt, a.RevokedAt = now.Add(time.Second), now.Add(time.Minute)
	write(t, s, func(tx *store.Tx) error {
		return errors.Join(tx.TouchAPIKey(a.ID, a.LastUsedAt), tx.RevokeAPIKey(a.ID, a.RevokedAt))
	})
	same(t, "revoked", ok[store.APIKey](t)(s.APIKeyByHash(ctx, a.Hash)), a)
	wantCode(t, s.Write(ctx, func(tx *store.Tx) error { return tx.RevokeAPIKey(a.ID, now) }), hookflow.CodeNotFound)
	_, err := s.APIKeyByHash(ctx, []byte{3})
	wantCode(t, err, hookflow.CodeNotFound)
}

func audit(t *testing.T, s *store.Store) {
	a := store.AuditEntry{
		ID: s.IDs().Next(), At: now, ActorType: "user", ActorID: "1", ActorName: "a", Action: "create",
		ObjectKind: "workflow", ObjectID: "w", After: json.RawMessage(`{"b":1,"a":2}`), IP: "::1",
	}
	b := a
	b.ID, b.Action, b.Before, b.After = s.IDs().Next(), "delete", a.After, nil
	write(t, s, func(tx *store.Tx) error { return errors.Join(tx.InsertAudit(a), tx.InsertAudit(b)) })
	check := func(filter store.AuditFilter, want ...store.AuditEntry) {
		t.Helper()
		found, _, err := s.Audit(t.Context(), filter, store.Page{})
		if err != nil {
			t.Error(err)
		}
		same(t, "entries", found, want)
		same(t, "count", ok[int64](t)(s.CountAudit(t.Context(), filter)), int64(len(want)))
	}
	check(store.AuditFilter{}, b, a)
	check(store.AuditFilter{Action: "create", ObjectKind: "workflow", ObjectID: "w", Actor: "1", From: now, To: now.Add(time.Second)}, a)
	check(store.AuditFilter{Actor: "a"}, b, a)
	check(store.AuditFilter{Actor: "2"})
	check(store.AuditFilter{From: now.Add(time.Second)})
	check(store.AuditFilter{To: now})
}

func logins(t *testing.T, s *store.Store) {
	ends := now.Add(time.Minute)
	count := func(who string, at time.Time) (attempts int) {
		write(t, s, func(tx *store.Tx) (err error) {
			tx.DeleteExpiredLogins(at)
			attempts, _, err = tx.CountLogin(who, at, at.Add(time.Minute))
			return err
		})
		return attempts
	}
	same(t, "counted", []int{count("a", now), count("b", now), count("a", now.Add(time.Second))}, []int{1, 1, 2})
	attempts, until, err := s.LoginAttempts(t.Context(), "a", now.Add(time.Second))
	if attempts != 2 || !until.Equal(ends) || err != nil {
		t.Errorf("read: %d until %s, %v", attempts, until, err)
	}
	write(t, s, func(tx *store.Tx) error { return tx.ForgiveLogin("a") })
	same(t, "forgiven", count("a", now), 2)
	if attempts, _, err := s.LoginAttempts(t.Context(), "a", ends); attempts != 0 || err != nil {
		t.Errorf("after the window: %d, %v", attempts, err)
	}
	same(t, "a new window", count("a", ends), 1)
}

func meta(t *testing.T, s *store.Store) {
	same(t, "unset", ok[string](t)(s.Meta(t.Context(), "k")), "")
	for _, v := range []string{"1", "2"} {
		write(t, s, func(tx *store.Tx) error { return tx.SetMeta("k", v) })
		same(t, "set", ok[string](t)(s.Meta(t.Context(), "k")), v)
	}
	write(t, s, func(tx *store.Tx) error { return errors.Join(tx.AddMeta("k", "3"), tx.AddMeta("once", "1")) })
	same(t, "added", []string{ok[string](t)(s.Meta(t.Context(), "k")), ok[string](t)(s.Meta(t.Context(), "once"))}, []string{"2", "1"})
}
