package store

import (
	"context"
	"errors"
	"time"

	"github.com/hookflow/hookflow"
)

// Claim gives a key to a delivery, unless another one of the workflow has it and
// it has not expired at now: then ok is false and nothing is changed.
func (tx *Tx) Claim(workflow hookflow.ID, hash []byte, delivery hookflow.ID, now, expires time.Time) (ok bool, err error) {
	claimed, err := tx.Exec(`
		INSERT INTO hf_dedupe (workflow_id, hash, delivery_id, expires_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (workflow_id, hash) DO UPDATE SET delivery_id = excluded.delivery_id, expires_at = excluded.expires_at
		WHERE hf_dedupe.expires_at <= ?`,
		workflow, hash, delivery, micros(expires), micros(now))
	return claimed == 1, err
}

// Claimed returns the delivery that has a key at now, 0 when none does.
func (s *Store) Claimed(ctx context.Context, workflow hookflow.ID, hash []byte, now time.Time) (delivery hookflow.ID, err error) {
	err = s.backend.reader(ctx).QueryRow(
		"SELECT delivery_id FROM hf_dedupe WHERE workflow_id = ? AND hash = ? AND expires_at > ?", workflow, hash, micros(now)).Scan(&delivery)
	if errors.Is(err, ErrNoRows) {
		return 0, nil
	}
	return delivery, err
}

// PruneClaims removes keys that have expired at now, at most so many, and
// returns how many.
func (tx *Tx) PruneClaims(now time.Time, most int) (int64, error) {
	const expired = "SELECT workflow_id, hash FROM hf_dedupe WHERE expires_at <= ? ORDER BY expires_at LIMIT ?"
	skip := ""
	if tx.dialect == Postgres {
		skip = " FOR UPDATE SKIP LOCKED" // those of a delivery that takes one over right now
	}
	return tx.Exec("DELETE FROM hf_dedupe WHERE (workflow_id, hash) IN ("+expired+skip+")", micros(now), most)
}
