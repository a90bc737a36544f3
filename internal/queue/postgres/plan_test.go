package postgres

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

// However many executions have ended, no statement of the queue reads them.
func TestEndedExecutionsAreNotRead(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	for name, query := range map[string]string{
		"claim": claimRows, "until_due": untilDue, "beat": fmt.Sprintf(giveBackRows, ofDead), "release": fmt.Sprintf(giveBackRows, `owner = $1`),
	} {
		plan := explain(t, conn, name, query)
		if !strings.Contains(plan, "Index") || strings.Contains(plan, "Seq Scan on hf_executions") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// connect connects to a database of 50,000 executions that have ended, and a
// few others, which the planner has counted.
func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	url := pgtest.URL(t)
	s, err := store.Open(t.Context(), store.Options{URL: url, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	_, err = conn.Exec(t.Context(), `
		INSERT INTO hf_executions (id, workflow_id, revision_id, started_by, status, error, epoch, concurrency, owner, created_at, due_at)
		SELECT id, id % 50, 1, 'manual',
			CASE WHEN id > 49990 THEN 'running' WHEN id > 49900 THEN 'waiting' WHEN id > 49800 THEN 'queued' ELSE 'succeeded' END,
			'', 1, id % 2, CASE WHEN id > 49990 THEN 'gone' END, id, id FROM generate_series(1, 50000) AS id;
		ANALYZE;
		SET plan_cache_mode = force_generic_plan`)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// explain is how PostgreSQL would run a query, whatever its arguments.
func explain(t *testing.T, conn *pgx.Conn, name, query string) string {
	t.Helper()
	statement, err := conn.Prepare(t.Context(), name, query)
	if err != nil {
		t.Fatal(err)
	}
	execute := "EXPLAIN EXECUTE " + name
	if nulls := strings.Repeat(", NULL", len(statement.ParamOIDs)); nulls != "" {
		execute += "(" + nulls[2:] + ")"
	}
	rows, err := conn.Query(t.Context(), execute, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
