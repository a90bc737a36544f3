package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookflow/hookflow"
)

// newestID returns the newest ID of the tables that grow.
func (s *Store) newestID(ctx context.Context) (hookflow.ID, error) {
	var newest hookflow.ID
	for _, table := range []string{"hf_deliveries", "hf_executions", "hf_workflows", "hf_revisions", "hf_audit"} {
		var id hookflow.ID
		if err := s.QueryRow(ctx, "SELECT max(id) FROM "+table).Scan(&id); err != nil {
			return 0, fmt.Errorf("read the newest id: %w", err)
		}
		newest = max(newest, id)
	}
	return newest, nil
}

// Meta returns what SetMeta kept under the key, or "".
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	return meta(s.backend.reader(ctx), key)
}

// Meta returns what SetMeta kept under the key, or "".
func (tx *Tx) Meta(key string) (string, error) { return meta(tx, key) }

func meta(r Reader, key string) (string, error) {
	var value string
	err := r.QueryRow("SELECT value FROM hf_meta WHERE key = ?", key).Scan(&value)
	if errors.Is(err, ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetMeta keeps a small fact about the installation.
func (tx *Tx) SetMeta(key, value string) error {
	return tx.put("INSERT INTO hf_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// AddMeta keeps a fact unless there is one under the key.
func (tx *Tx) AddMeta(key, value string) error {
	return tx.put("INSERT INTO hf_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", key, value)
}
