package store

import (
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/pgtest"
)

// The figures are counted from indexes: no row of a delivery is read whole, however many there are.
func TestTrafficUsesIndexes(t *testing.T) {
	t.Parallel()
	steps := Steps{From: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Step: time.Hour, Count: 24}
	for _, s := range []*Store{
		openInternal(t, Options{Path: t.TempDir() + "/hookflow.db"}), openInternal(t, Options{URL: pgtest.URL(t)}),
	} {
		for _, test := range []struct {
			traffic traffic
			counter counter
			index   string
		}{
			{traffic{steps: steps}, counters[0], "hf_deliveries_workflow"},
			{traffic{steps: steps, apart: true, workflows: []hookflow.ID{1, 2}}, counters[0], "hf_deliveries_workflow"},
			{traffic{steps: steps}, counters[1], "hf_deliveries_outcome"},
			{traffic{steps: steps}, counters[2], "hf_executions_bad"},
			{traffic{steps: steps}, strays, "hf_deliveries_workflow"},
		} {
			query, args := test.traffic.statement(test.counter)
			plan := explain(t, s, query, args)
			if s.Dialect() == SQLite && !strings.Contains(plan, "COVERING INDEX "+test.index) { // PostgreSQL goes by how many rows there are
				t.Errorf("%s: %s\nis not counted by %s:\n%s", s.Dialect(), query, test.index, plan)
			}
			if strings.Contains(plan, "SCAN d\n") || strings.Contains(plan, "Seq Scan on hf_deliveries") {
				t.Errorf("%s: %s\nreads everything:\n%s", s.Dialect(), query, plan)
			}
		}
	}
}
