package store

import (
	"context"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// PublishedDocument is the published document of a workflow.
type PublishedDocument struct {
	Workflow hookflow.ID
	Document []byte
}

// PublishedDocuments returns those of all workflows, the deleted ones included:
// they too have left something behind.
func (s *Store) PublishedDocuments(ctx context.Context) ([]PublishedDocument, error) {
	scan := func(row Row) (d PublishedDocument, err error) {
		err = row.Scan(&d.Workflow, &d.Document)
		return d, err
	}
	return collect(s.backend.reader(ctx), scan,
		"SELECT w.id, r.document FROM hf_workflows w JOIN hf_revisions r ON r.id = w.published ORDER BY w.id")
}

// Old is a row that may be too old to be kept.
type Old struct {
	ID     hookflow.ID
	Status hookflow.Status // of an execution
	At     time.Time       // when a delivery was received; when an execution ended, zero while it has not
	Free   bool            // nothing that goes on needs it
	Bytes  int64           // about what it takes
}

func (o *Old) dest() []any { return []any{&o.ID, &o.Status, (*stamp)(&o.At), &o.Free, &o.Bytes} }

// rowBytes is about what a row takes beside its texts and blobs, indexes
// included.
const rowBytes = "160"

const (
	oldExecutions = `
		SELECT e.id, e.status, e.finished_at, e.status NOT IN ('queued', 'running', 'waiting'),
			` + rowBytes + ` + length(e.error) + COALESCE(length(e.input), 0) + COALESCE(length(e.response), 0) + COALESCE(length(e.output), 0)
			+ COALESCE(length(e.steps), 0) + (SELECT COALESCE(sum(length(j.steps)), 0) FROM hf_journal j WHERE j.execution_id = e.id)
		FROM hf_executions e WHERE e.workflow_id = ? AND e.id > ? AND e.id < ? ORDER BY e.id LIMIT ?`
	oldDeliveries = `
		SELECT d.id, '', d.received_at, ` + unneeded + `,
			` + rowBytes + ` + length(d.url) + length(d.headers) + length(d.detail) + COALESCE(length(d.report), 0)
			+ COALESCE(length(d.answer), 0) + COALESCE(length(d.sealed), 0) + COALESCE(length(b.data), 0)
		FROM hf_deliveries d LEFT JOIN hf_bodies b ON b.delivery_id = d.id
		WHERE d.workflow_id = ? AND d.id > ? AND d.id < ? ORDER BY d.id LIMIT ?`
	// unneeded: no execution that may read the delivery again goes on.
	unneeded = `
		(NOT EXISTS (SELECT 1 FROM hf_executions e WHERE e.id = d.execution_id AND e.status IN ('queued', 'running', 'waiting'))
		AND NOT EXISTS (SELECT 1 FROM hf_executions e WHERE e.delivery_id = d.id AND e.retry_of IS NOT NULL AND e.status IN ('queued', 'running', 'waiting')))`
)

// OldExecutions returns a workflow's executions that began before a time and
// come after an ID, the oldest first.
func (s *Store) OldExecutions(ctx context.Context, workflow, after hookflow.ID, before time.Time, limit int) ([]Old, error) {
	return s.old(ctx, oldExecutions, workflow, after, before, limit)
}

// OldDeliveries is the same of deliveries.
func (s *Store) OldDeliveries(ctx context.Context, workflow, after hookflow.ID, before time.Time, limit int) ([]Old, error) {
	return s.old(ctx, oldDeliveries, workflow, after, before, limit)
}

func (s *Store) old(ctx context.Context, query string, workflow, after hookflow.ID, before time.Time, limit int) ([]Old, error) {
	scan := func(row Row) (o Old, err error) {
		err = row.Scan(o.dest()...)
		return o, err
	}
	rows, err := collect(s.backend.reader(ctx), scan, query, workflow, int64(after), FirstID(before), limit)
	if err != nil {
		return nil, fmt.Errorf("read what is old: %w", err)
	}
	return rows, nil
}

// PruneExecution removes an execution that has ended, and its journal.
func (tx *Tx) PruneExecution(id hookflow.ID) {
	tx.Queue("DELETE FROM hf_journal WHERE execution_id = ?", id)
	tx.Queue("DELETE FROM hf_executions WHERE id = ?", id)
}

// PruneDelivery removes a delivery and its body, unless an execution that goes
// on needs it.
func (tx *Tx) PruneDelivery(id hookflow.ID) {
	tx.Queue("DELETE FROM hf_bodies WHERE delivery_id IN (SELECT d.id FROM hf_deliveries d WHERE d.id = ? AND "+unneeded+")", id)
	tx.Queue("DELETE FROM hf_deliveries AS d WHERE d.id = ? AND "+unneeded, id)
}
