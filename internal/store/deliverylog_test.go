package store

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
)

// What people look for most is found by an index.
func TestSearchesUseIndexes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	searches := []struct {
		name   string
		filter DeliveryFilter
		index  map[Dialect]string
	}{
		{"workflow", DeliveryFilter{Workflow: "a"}, map[Dialect]string{SQLite: "hf_deliveries_workflow", Postgres: "hf_deliveries_workflow"}},
		{"workflow and time", DeliveryFilter{Workflow: "a", From: at, To: at.Add(time.Hour)}, map[Dialect]string{SQLite: "hf_deliveries_workflow", Postgres: "hf_deliveries_workflow"}},
		{"outcome", DeliveryFilter{Outcome: hookflow.OutcomeRejected}, map[Dialect]string{SQLite: "hf_deliveries_outcome", Postgres: "hf_deliveries_outcome"}},
		{"time", DeliveryFilter{From: at, To: at.Add(time.Hour)}, map[Dialect]string{SQLite: "INTEGER PRIMARY KEY", Postgres: "hf_deliveries_pkey"}},
		{"replays of", DeliveryFilter{ReplayOf: 7}, map[Dialect]string{SQLite: "hf_deliveries_replay", Postgres: "hf_deliveries_replay"}},
		{"execution", DeliveryFilter{Execution: 7}, map[Dialect]string{SQLite: "INTEGER PRIMARY KEY", Postgres: "hf_deliveries_pkey"}},
	}
	for _, s := range []*Store{
		openInternal(t, Options{Path: t.TempDir() + "/hookflow.db"}), openInternal(t, Options{URL: pgtest.URL(t)}),
	} {
		for _, search := range searches {
			c := search.filter.conditions()
			tail, err := c.page(Page{}, "d.id")
			if err != nil {
				t.Fatal(err)
			}
			plan := explain(t, s, "SELECT "+deliveryFields+fromDeliveries+tail, c.args)
			if !strings.Contains(plan, search.index[s.Dialect()]) {
				t.Errorf("%s: %s is not found by %s:\n%s", s.Dialect(), search.name, search.index[s.Dialect()], plan)
			}
			if strings.Contains(plan, "SCAN d\n") || strings.Contains(plan, "Seq Scan on hf_deliveries") {
				t.Errorf("%s: %s reads everything:\n%s", s.Dialect(), search.name, plan)
			}
		}
		for _, filter := range []ExecutionFilter{{Delivery: 7}, {RetryOf: 7}} {
			c := filter.conditions()
			plan := explain(t, s, "SELECT "+executionFields+fromExecutions+c.where(), c.args)
			if !strings.Contains(plan, "hf_executions_retry") {
				t.Errorf("%s: the retries of %+v are not found by their index:\n%s", s.Dialect(), filter, plan)
			}
		}
	}
}

func openInternal(t *testing.T, o Options) *Store {
	t.Helper()
	o.Clock, o.Logger = time.Now, slog.New(slog.DiscardHandler)
	s, err := Open(t.Context(), o)
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

func explain(t *testing.T, s *Store, query string, args []any) string {
	t.Helper()
	verb, columns := "EXPLAIN QUERY PLAN ", make([]any, 4)
	if s.Dialect() == Postgres {
		verb, columns = "EXPLAIN ", columns[:1]
	}
	for i := range columns {
		columns[i] = new(any)
	}
	lines, err := collect(s.backend.reader(t.Context()), func(row Row) (string, error) {
		err := row.Scan(columns...)
		return fmt.Sprint(*columns[len(columns)-1].(*any)), err
	}, verb+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n") + "\n"
}

// One of several processes runs a replay, and another goes on with it only when that one is gone.
func TestReplayHasOneOwner(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	options := Options{URL: url, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)}
	first, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	second := openInternal(t, Options{URL: url})
	r := Replay{ID: first.IDs().Next(), Filter: []byte(`{}`), Status: hookflow.StatusRunning, CreatedAt: time.Now()}
	err = first.Write(t.Context(), func(tx *Tx) error { return tx.InsertReplay(&r) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.ClaimReplay(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := second.ClaimReplay(t.Context()); hookflow.CodeOf(err) != hookflow.CodeNotFound {
		t.Errorf("a living process's replay: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if taken, err := second.ClaimReplay(t.Context()); err != nil || taken.ID != r.ID {
		t.Errorf("a replay that is left: %v, %v", taken, err)
	}
}
