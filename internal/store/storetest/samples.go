package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

func putSample(t *testing.T, s *store.Store, x store.Sample) {
	t.Helper()
	packed := ok[*store.PackedSample](t)(store.PackSample(&x))
	write(t, s, func(tx *store.Tx) error { return tx.PutSample(packed) })
}

func samples(t *testing.T, s *store.Store) {
	workflow := addWorkflow(t, s, "orders").ID
	_, err := s.Sample(t.Context(), workflow)
	wantCode(t, err, hookflow.CodeNotFound)

	request := store.Sample{
		WorkflowID: workflow, ID: 10, Source: "listen", TakenAt: now, TakenBy: "Ann", Body: []byte(strings.Repeat(`{"a":1}`, 1000)),
		Request: &hookflow.Delivery{
			ID: 7, ReceivedAt: now, Method: "POST", URL: "http://h/api/webhooks/a/b?c=\x00", Path: "a/b", Pattern: "a/:x", IP: "::1",
			Headers:  []hookflow.Header{{Name: "A", Value: "1"}, {Name: "A", Value: "2"}},
			BodySize: 7000, Outcome: hookflow.OutcomeRejected, Reason: hookflow.ReasonVerification, Detail: "no", Status: 401,
			Report: &hookflow.Report{Scheme: "github", Checks: []hookflow.Check{{Check: "signature", Code: "signature_mismatch"}}},
		},
	}
	putSample(t, s, request)
	same(t, "a request", *ok[*store.Sample](t)(s.Sample(t.Context(), workflow)), request)

	plain := store.Sample{WorkflowID: workflow, ID: 11, Source: "execution", TakenAt: now.Add(time.Minute), ExecutionID: 9, Context: []byte(`{"n":1.50}`)}
	putSample(t, s, plain)
	putSample(t, s, store.Sample{WorkflowID: workflow + 1, ID: 12, Source: "manual", TakenAt: now})
	same(t, "another one", *ok[*store.Sample](t)(s.Sample(t.Context(), workflow)), plain)

	remove := func() error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteSample(workflow) })
	}
	if err := remove(); err != nil {
		t.Error(err)
	}
	wantCode(t, remove(), hookflow.CodeNotFound)
	putSample(t, s, plain)
	write(t, s, func(tx *store.Tx) error { return tx.DeleteWorkflow(workflow, now) })
	_, err = s.Sample(t.Context(), workflow)
	wantCode(t, err, hookflow.CodeNotFound)
}

func listeners(t *testing.T, s *store.Store) {
	put := func(l store.Listener, at time.Time) {
		write(t, s, func(tx *store.Tx) error { return tx.PutListener(l, at) })
	}
	first := store.Listener{ID: 1, WorkflowID: 5, Expires: now.Add(time.Minute)}
	second := store.Listener{ID: 2, WorkflowID: 5, Expires: now.Add(2 * time.Minute)}
	at := func(later time.Duration) []store.Listener {
		return ok[[]store.Listener](t)(s.Listeners(t.Context(), now.Add(later)))
	}
	put(first, now)
	put(second, now)
	same(t, "both", at(0), []store.Listener{first, second})
	same(t, "one has expired", at(time.Minute), []store.Listener{second})
	first.Expires = now.Add(3 * time.Minute)
	put(first, now)
	same(t, "it is renewed", at(2*time.Minute), []store.Listener{first})
	put(first, now.Add(2*time.Minute))
	same(t, "the other one is forgotten", at(0), []store.Listener{first})
	write(t, s, func(tx *store.Tx) error { return tx.DeleteListener(1) })
	same(t, "none", len(at(0)), 0)
}
