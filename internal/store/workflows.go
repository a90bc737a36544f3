package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
)

// WorkflowRow is a workflow without its documents.
type WorkflowRow struct {
	ID        hookflow.ID
	Key       string
	Title     string
	Enabled   bool
	Published hookflow.ID // revision
	Draft     hookflow.ID // revision
	Number    int         // of the published revision; read only
	CreatedAt time.Time
	UpdatedAt time.Time
}

// PublishedWorkflow is a workflow with the document of its published revision.
type PublishedWorkflow struct {
	WorkflowRow
	Document []byte
}

// Endpoint is a method and a pattern that a workflow claims. Patterns that
// match the same paths are written the same: ":" for a parameter, "*" for the
// rest.
type Endpoint struct{ Method, Pattern string }

const selectWorkflow = `
	SELECT w.id, w.key, w.title, w.enabled, w.published, w.draft, COALESCE(r.number, 0), w.created_at, w.updated_at
	FROM hf_workflows w LEFT JOIN hf_revisions r ON r.id = w.published
	WHERE NOT w.deleted`

func (w *WorkflowRow) fields() []any {
	return []any{
		&w.ID, &w.Key, &w.Title, &w.Enabled, &w.Published, &w.Draft, &w.Number,
		(*stamp)(&w.CreatedAt), (*stamp)(&w.UpdatedAt),
	}
}

func scanWorkflow(row Row) (w WorkflowRow, err error) {
	err = row.Scan(w.fields()...)
	return w, err
}

// Workflows lists the workflows, newest first.
func (s *Store) Workflows(ctx context.Context, page Page) ([]WorkflowRow, string, error) {
	before, err := page.Before()
	if err != nil {
		return nil, "", err
	}
	rows, err := collect(s.backend.reader(ctx), scanWorkflow,
		selectWorkflow+" AND w.id < ? ORDER BY w.id DESC LIMIT ?", before, page.Size()+1)
	if err != nil {
		return nil, "", fmt.Errorf("list workflows: %w", err)
	}
	rows, next := cut(page, rows, func(w WorkflowRow) hookflow.ID { return w.ID })
	return rows, next, nil
}

// CountWorkflows counts the workflows.
func (s *Store) CountWorkflows(ctx context.Context) (int64, error) {
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_workflows WHERE NOT deleted")
}

// Workflow returns the workflow with the key, or CodeNotFound.
func (s *Store) Workflow(ctx context.Context, key string) (WorkflowRow, error) {
	return one(s.backend.reader(ctx), scanWorkflow, "workflow", selectWorkflow+" AND w.key = ?", key)
}

// Workflow returns the workflow with the key, or CodeNotFound; nobody else
// changes it before this transaction ends.
func (tx *Tx) Workflow(key string) (WorkflowRow, error) {
	if tx.dialect == Postgres {
		// First the lock: who waits for it while reading gets the revision as it was before.
		tx.Queue("SELECT 1 FROM hf_workflows WHERE key = ? AND NOT deleted FOR UPDATE", key)
	}
	return one(tx, scanWorkflow, "workflow", selectWorkflow+" AND w.key = ?", key)
}

// PublishedWorkflows returns all workflows with a published revision, enabled or
// not.
func (s *Store) PublishedWorkflows(ctx context.Context) ([]PublishedWorkflow, error) {
	scan := func(row Row) (w PublishedWorkflow, err error) {
		err = row.Scan(append(w.fields(), &w.Document)...)
		return w, err
	}
	return collect(s.backend.reader(ctx), scan, `
		SELECT w.id, w.key, w.title, w.enabled, w.published, w.draft, COALESCE(r.number, 0), w.created_at, w.updated_at, r.document
		FROM hf_workflows w JOIN hf_revisions r ON r.id = w.published
		WHERE NOT w.deleted ORDER BY w.id`)
}

// InsertWorkflow adds a workflow; a key in use is CodeConflict.
func (tx *Tx) InsertWorkflow(w WorkflowRow) error {
	_, err := tx.Exec(`
		INSERT INTO hf_workflows (id, key, title, enabled, published, draft, created_at, updated_at, deleted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE)`,
		w.ID, w.Key, w.Title, w.Enabled, w.Published, w.Draft, micros(w.CreatedAt), micros(w.UpdatedAt))
	return keyTaken(err, w.Key)
}

// UpdateWorkflow changes all but the ID and the time of creation. A key in use
// is CodeConflict.
func (tx *Tx) UpdateWorkflow(w WorkflowRow) error {
	rows, err := tx.Exec(`
		UPDATE hf_workflows SET key = ?, title = ?, enabled = ?, published = ?, draft = ?, updated_at = ?
		WHERE id = ? AND NOT deleted`,
		w.Key, w.Title, w.Enabled, w.Published, w.Draft, micros(w.UpdatedAt), w.ID)
	if err == nil && rows == 0 {
		return notFound("workflow")
	}
	return keyTaken(err, w.Key)
}

func keyTaken(err error, key string) error {
	if _, ok := IsUnique(err); ok {
		return hookflow.Errorf(hookflow.CodeConflict, "there is a workflow %q already: %w", key, err)
	}
	return err
}

// DeleteWorkflow removes a workflow, its endpoints and its sample. Its revisions
// stay: executions point to them.
func (tx *Tx) DeleteWorkflow(id hookflow.ID, at time.Time) error {
	tx.Queue("DELETE FROM hf_endpoints WHERE workflow_id = ?", id)
	tx.Queue("DELETE FROM hf_samples WHERE workflow_id = ?", id)
	return tx.putOne(notFound("workflow"),
		"UPDATE hf_workflows SET deleted = TRUE, enabled = FALSE, updated_at = ? WHERE id = ? AND NOT deleted", micros(at), id)
}

// ReplaceEndpoints gives a workflow these endpoints and no others. One that
// another workflow has is CodeConflict, naming that workflow.
func (tx *Tx) ReplaceEndpoints(workflow hookflow.ID, endpoints []Endpoint) error {
	tx.Queue("DELETE FROM hf_endpoints WHERE workflow_id = ?", workflow)
	for _, e := range endpoints {
		added, err := tx.Exec("INSERT INTO hf_endpoints (method, pattern, workflow_id) VALUES (?, ?, ?) ON CONFLICT (method, pattern) DO NOTHING",
			e.Method, e.Pattern, workflow)
		if err != nil {
			return err
		}
		if added == 0 {
			return tx.claimed(e)
		}
	}
	return nil
}

func (tx *Tx) claimed(e Endpoint) error {
	var key string
	err := tx.QueryRow(`
		SELECT w.key FROM hf_endpoints e JOIN hf_workflows w ON w.id = e.workflow_id
		WHERE e.method = ? AND e.pattern = ?`, e.Method, e.Pattern).Scan(&key)
	if err != nil {
		return fmt.Errorf("find whose endpoint it is: %w", err)
	}
	return hookflow.Errorf(hookflow.CodeConflict, "%s %s belongs to the workflow %q", e.Method, e.Pattern, key)
}

const selectRevision = `
	SELECT id, workflow_id, COALESCE(number, 0), document, created_at, created_by, grants FROM hf_revisions`

func scanRevision(row Row) (r hookflow.Revision, err error) {
	err = row.Scan(&r.ID, &r.WorkflowID, &r.Number, &r.Document, (*stamp)(&r.CreatedAt), &r.CreatedBy, (*grants)(&r.Grants))
	return r, err
}

// grants scans the names that a revision was granted, one a line; NULL is a revision that is older
// than that.
type grants hookflow.Grants

// Scan reads the names.
func (g *grants) Scan(src any) error {
	*g = grants{All: src == nil}
	switch names := src.(type) {
	case nil:
	case string:
		if names != "" {
			g.Names = strings.Split(names, "\n")
		}
	default:
		return fmt.Errorf("scan grants: unexpected %T", src)
	}
	return nil
}

// Revision returns one revision, or CodeNotFound.
func (s *Store) Revision(ctx context.Context, id hookflow.ID) (hookflow.Revision, error) {
	return revision(s.backend.reader(ctx), id)
}

// Revision returns one revision, or CodeNotFound.
func (tx *Tx) Revision(id hookflow.ID) (hookflow.Revision, error) { return revision(tx, id) }

func revision(r Reader, id hookflow.ID) (hookflow.Revision, error) {
	return one(r, scanRevision, "revision", selectRevision+" WHERE id = ?", id)
}

// RevisionByNumber returns one published revision, or CodeNotFound.
func (s *Store) RevisionByNumber(ctx context.Context, workflow hookflow.ID, number int) (hookflow.Revision, error) {
	return one(s.backend.reader(ctx), scanRevision, "revision",
		selectRevision+" WHERE workflow_id = ? AND number = ?", workflow, number)
}

// Revisions lists the newest thousand published revisions, newest first and
// without their documents.
func (s *Store) Revisions(ctx context.Context, workflow hookflow.ID) ([]hookflow.Revision, error) {
	scan := func(row Row) (r hookflow.Revision, err error) {
		err = row.Scan(&r.ID, &r.WorkflowID, &r.Number, (*stamp)(&r.CreatedAt), &r.CreatedBy)
		return r, err
	}
	return collect(s.backend.reader(ctx), scan, `
		SELECT id, workflow_id, number, created_at, created_by FROM hf_revisions
		WHERE workflow_id = ? AND number IS NOT NULL ORDER BY number DESC LIMIT ?`, workflow, MaxLimit)
}

// InsertRevision adds a revision; a number in use is CodeConflict.
func (tx *Tx) InsertRevision(r hookflow.Revision) error {
	number := any(r.Number)
	if r.Number == 0 {
		number = nil
	}
	names := any(strings.Join(r.Grants.Names, "\n"))
	if r.Grants.All {
		names = nil
	}
	_, err := tx.Exec("INSERT INTO hf_revisions (id, workflow_id, number, document, created_at, created_by, grants) VALUES (?, ?, ?, ?, ?, ?, ?)",
		r.ID, r.WorkflowID, number, r.Document, micros(r.CreatedAt), r.CreatedBy, names)
	if _, ok := IsUnique(err); ok {
		return hookflow.Errorf(hookflow.CodeConflict, "somebody else saved the workflow at the same time, try again: %w", err)
	}
	return err
}
