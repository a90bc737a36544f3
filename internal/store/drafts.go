package store

import "context"

// DraftedWorkflow is a workflow of which there is only a draft, with the draft's
// document.
type DraftedWorkflow struct {
	WorkflowRow
	Document []byte
}

// DraftedWorkflows returns the workflows that were never published.
func (s *Store) DraftedWorkflows(ctx context.Context) ([]DraftedWorkflow, error) {
	scan := func(row Row) (w DraftedWorkflow, err error) {
		err = row.Scan(append(w.fields(), &w.Document)...)
		return w, err
	}
	return collect(s.backend.reader(ctx), scan, `
		SELECT w.id, w.key, w.title, w.enabled, w.published, w.draft, 0, w.created_at, w.updated_at, r.document
		FROM hf_workflows w JOIN hf_revisions r ON r.id = w.draft
		WHERE NOT w.deleted AND w.published IS NULL ORDER BY w.id`)
}
