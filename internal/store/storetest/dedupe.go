package storetest

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

var claimHash = bytes.Repeat([]byte{7}, 32)

// claimAt claims the key of the tests for a delivery at a time, for an hour.
func claimAt(t *testing.T, s *store.Store, workflow, delivery hookflow.ID, at time.Time) (claimed bool) {
	t.Helper()
	write(t, s, func(tx *store.Tx) (err error) {
		claimed, err = tx.Claim(workflow, claimHash, delivery, at, at.Add(time.Hour))
		return err
	})
	return claimed
}

func claims(t *testing.T, s *store.Store) {
	steps := []struct {
		name               string
		workflow, delivery hookflow.ID
		at                 time.Time
		want               bool
		has                hookflow.ID
	}{
		{"the first", 1, 10, now, true, 10},
		{"a second", 1, 11, now.Add(time.Minute), false, 10},
		{"another workflow's", 2, 12, now, true, 12},
		{"the last moment", 1, 13, now.Add(time.Hour - time.Microsecond), false, 10},
		{"an expired one", 1, 14, now.Add(time.Hour), true, 14},
	}
	for _, step := range steps {
		same(t, step.name, claimAt(t, s, step.workflow, step.delivery, step.at), step.want)
		same(t, step.name+": who has it", ok[hookflow.ID](t)(s.Claimed(t.Context(), step.workflow, claimHash, step.at)), step.has)
	}
	same(t, "nobody's", ok[hookflow.ID](t)(s.Claimed(t.Context(), 3, claimHash, now)), hookflow.ID(0))
	same(t, "after its time", ok[hookflow.ID](t)(s.Claimed(t.Context(), 2, claimHash, now.Add(time.Hour))), hookflow.ID(0))
}

func claimsAtOnce(t *testing.T, s *store.Store) {
	var claiming sync.WaitGroup
	var won atomic.Int32
	for i := range 50 {
		claiming.Go(func() {
			if claimAt(t, s, 1, hookflow.ID(100+i), now) {
				won.Add(1)
			}
		})
	}
	claiming.Wait()
	same(t, "who won", won.Load(), int32(1))
}

// A part that fails leaves no key.
func claimsFail(t *testing.T, s *store.Store) {
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Claim(1, claimHash, 10, now, now.Add(time.Hour)); err != nil {
			return err
		}
		return hookflow.Errorf(hookflow.CodeConflict, "on purpose")
	})
	wantCode(t, err, hookflow.CodeConflict)
	same(t, "who has it", ok[hookflow.ID](t)(s.Claimed(t.Context(), 1, claimHash, now)), hookflow.ID(0))
}

func claimsExpire(t *testing.T, s *store.Store) {
	for i := range 5 {
		claimAt(t, s, hookflow.ID(i+1), 10, now.Add(time.Duration(i)*time.Minute))
	}
	prune := func(most int) (pruned int64) {
		write(t, s, func(tx *store.Tx) (err error) {
			pruned, err = tx.PruneClaims(now.Add(time.Hour+2*time.Minute), most)
			return err
		})
		return pruned
	}
	for i, want := range []int64{2, 1, 0} {
		if got := prune(2); got != want {
			t.Errorf("batch %d: %d keys, want %d", i, got, want)
		}
	}
	same(t, "one that lasts", ok[hookflow.ID](t)(s.Claimed(t.Context(), 4, claimHash, now)), hookflow.ID(10))
}

func ipSets(t *testing.T, s *store.Store) {
	hooks := store.IPSet{Name: "hooks", Ranges: []string{"192.0.2.0/24", "2001:db8::/32"}, UpdatedAt: now}
	put := func(set store.IPSet) {
		write(t, s, func(tx *store.Tx) error { return tx.PutIPSet(set) })
	}
	put(hooks)
	put(store.IPSet{Name: "empty", UpdatedAt: now})
	hooks.Ranges = hooks.Ranges[:1]
	put(hooks)
	same(t, "sets", ok[[]store.IPSet](t)(s.IPSets(t.Context())), []store.IPSet{{Name: "empty", Ranges: []string{}, UpdatedAt: now}, hooks})
	remove := func() error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteIPSet("hooks") })
	}
	if err := remove(); err != nil {
		t.Error(err)
	}
	wantCode(t, remove(), hookflow.CodeNotFound)
}

func drafted(t *testing.T, s *store.Store) {
	addWorkflow(t, s, "published")
	draft := store.WorkflowRow{ID: s.IDs().Next(), Key: "drafted", Title: "New", Draft: s.IDs().Next(), CreatedAt: now, UpdatedAt: now}
	write(t, s, func(tx *store.Tx) error {
		if err := tx.InsertWorkflow(draft); err != nil {
			return err
		}
		return tx.InsertRevision(hookflow.Revision{ID: draft.Draft, WorkflowID: draft.ID, Document: []byte("{}"), CreatedAt: now})
	})
	want := []store.DraftedWorkflow{{WorkflowRow: draft, Document: []byte("{}")}}
	same(t, "drafted", ok[[]store.DraftedWorkflow](t)(s.DraftedWorkflows(t.Context())), want)
}
