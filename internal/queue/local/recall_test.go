package local

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/store"
)

// However many executions have ended, no statement of the queue reads them.
func TestEndedExecutionsAreNotRead(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "test.db"), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	insertExecutions(t, s)
	for name, query := range map[string]string{
		"parkRunning": parkRunning, "selectPlaces": selectPlaces, "selectFlows": selectFlows,
		"selectFresh": selectFresh, "selectParked": selectParked,
	} {
		for _, step := range plan(t, s, query) {
			if strings.Contains(step, "hf_executions") && !strings.HasPrefix(step, "SEARCH") {
				t.Errorf("%s: %s", name, step)
			}
		}
	}
}

// insertExecutions inserts 200,000 executions that have ended, and a few others,
// and has the planner count them.
func insertExecutions(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`
			WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 200000)
			INSERT INTO hf_executions (id, workflow_id, revision_id, started_by, status, error, epoch, concurrency, created_at)
			SELECT id, id % 50, 1, 'manual',
				CASE WHEN id > 199990 THEN 'running' WHEN id > 199900 THEN 'waiting' WHEN id > 199000 THEN 'queued' ELSE 'succeeded' END,
				'', 1, id % 2, id FROM n`)
		if err != nil {
			return err
		}
		_, err = tx.Exec("ANALYZE")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// plan is how SQLite would run a query.
func plan(t *testing.T, s *store.Store, query string) (steps []string) {
	t.Helper()
	args := make([]any, strings.Count(query, "?"))
	for i := range args {
		args[i] = 1
	}
	rows, err := s.Query(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil || len(steps) == 0 {
		t.Fatalf("no plan: %v", err)
	}
	return steps
}
