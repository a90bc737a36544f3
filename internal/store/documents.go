package store

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
)

// Documents returns the documents of revisions by their IDs, MaxLimit of them at
// most; one that is not there is left out.
func (s *Store) Documents(ctx context.Context, revisions []hookflow.ID) (map[hookflow.ID][]byte, error) {
	found := map[hookflow.ID][]byte{}
	if len(revisions) == 0 {
		return found, nil
	}
	c := &conditions{}
	c.among("id", revisions[:min(len(revisions), MaxLimit)])
	rows, err := s.backend.reader(ctx).Query("SELECT id, document FROM hf_revisions"+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read the documents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id hookflow.ID
		var document []byte
		if err := rows.Scan(&id, &document); err != nil {
			return nil, fmt.Errorf("read the documents: %w", err)
		}
		found[id] = document
	}
	return found, rows.Err()
}

// WorkflowKeys lists the keys of all workflows.
func (s *Store) WorkflowKeys(ctx context.Context) ([]string, error) {
	scan := func(row Row) (key string, err error) {
		err = row.Scan(&key)
		return key, err
	}
	return collect(s.backend.reader(ctx), scan, "SELECT key FROM hf_workflows WHERE NOT deleted")
}
