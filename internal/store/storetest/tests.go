package storetest

import (
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// tests opens test URLs, and finds who owns an address.
func tests(t *testing.T, s *store.Store) {
	a, b := addWorkflow(t, s, "a"), addWorkflow(t, s, "b")
	open := func(w store.WorkflowRow, until, at time.Time) {
		t.Helper()
		write(t, s, func(tx *store.Tx) error { return tx.OpenTest(w.ID, until, at) })
	}
	open(a, now.Add(time.Minute), now)
	open(b, now.Add(time.Hour), now)
	open(a, now.Add(2*time.Minute), now)
	same(t, "open", ok[map[hookflow.ID]time.Time](t)(s.OpenTests(t.Context(), now)),
		map[hookflow.ID]time.Time{a.ID: now.Add(2 * time.Minute), b.ID: now.Add(time.Hour)})
	later := now.Add(2 * time.Minute)
	same(t, "later", ok[map[hookflow.ID]time.Time](t)(s.OpenTests(t.Context(), later)), map[hookflow.ID]time.Time{b.ID: now.Add(time.Hour)})

	same(t, "drafts", len(ok[[]store.DraftedWorkflow](t)(s.Drafts(t.Context()))), 0)

	address := store.Endpoint{Method: "POST", Pattern: "orders/:"}
	write(t, s, func(tx *store.Tx) error { return tx.ReplaceEndpoints(b.ID, []store.Endpoint{address}) })
	same(t, "owner", ok[store.WorkflowRow](t)(s.EndpointOwner(t.Context(), address)).Key, "b")
	_, err := s.EndpointOwner(t.Context(), store.Endpoint{Method: "PUT", Pattern: "orders/:"})
	same(t, "no owner", hookflow.CodeOf(err), hookflow.CodeNotFound)
}
