package store

import (
	"context"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// OpenTest opens the test URL of a workflow until a time, and forgets those whose time is over.
func (tx *Tx) OpenTest(workflow hookflow.ID, until, now time.Time) error {
	tx.Queue("DELETE FROM hf_tests WHERE open_until <= ?", micros(now))
	return tx.put(`
		INSERT INTO hf_tests (workflow_id, open_until) VALUES (?, ?)
		ON CONFLICT (workflow_id) DO UPDATE SET open_until = excluded.open_until`, workflow, micros(until))
}

// OpenTests tells until when the test URLs of workflows are open; those whose time is over are left
// out.
func (s *Store) OpenTests(ctx context.Context, now time.Time) (map[hookflow.ID]time.Time, error) {
	type open struct {
		workflow hookflow.ID
		until    time.Time
	}
	scan := func(row Row) (o open, err error) {
		err = row.Scan(&o.workflow, (*stamp)(&o.until))
		return o, err
	}
	rows, err := collect(s.backend.reader(ctx), scan, "SELECT workflow_id, open_until FROM hf_tests WHERE open_until > ?", micros(now))
	if err != nil {
		return nil, fmt.Errorf("read which test URLs are open: %w", err)
	}
	tests := make(map[hookflow.ID]time.Time, len(rows))
	for _, o := range rows {
		tests[o.workflow] = o.until
	}
	return tests, nil
}

// Drafts returns the workflows that have a draft, whether another revision is published or not, with
// the draft's document.
func (s *Store) Drafts(ctx context.Context) ([]DraftedWorkflow, error) {
	scan := func(row Row) (w DraftedWorkflow, err error) {
		err = row.Scan(append(w.fields(), &w.Document)...)
		return w, err
	}
	return collect(s.backend.reader(ctx), scan, `
		SELECT w.id, w.key, w.title, w.enabled, w.published, w.draft, 0, w.created_at, w.updated_at, r.document
		FROM hf_workflows w JOIN hf_revisions r ON r.id = w.draft
		WHERE NOT w.deleted ORDER BY w.id`)
}

// EndpointOwner returns the enabled workflow that claims a method and a pattern, or CodeNotFound.
func (s *Store) EndpointOwner(ctx context.Context, e Endpoint) (WorkflowRow, error) {
	return one(s.backend.reader(ctx), scanWorkflow, "workflow",
		selectWorkflow+" AND w.id = (SELECT workflow_id FROM hf_endpoints WHERE method = ? AND pattern = ?)", e.Method, e.Pattern)
}
