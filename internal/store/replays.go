package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// Replay is a replay of many deliveries, and how far it has come.
type Replay struct {
	ID         hookflow.ID
	Filter     json.RawMessage // which deliveries
	Revision   string          // which they run with
	Status     hookflow.Status // running, succeeded or aborted
	Total      int64           // how many there were at the start
	Done       int64           // that run again
	Failed     int64           // that could not
	Failures   []ReplayFailure // the first ones
	Until      hookflow.ID     // only deliveries before it
	Position   hookflow.ID     // the last delivery dealt with
	CreatedAt  time.Time
	CreatedBy  string    // name of who asked for it
	FinishedAt time.Time // zero until it ended
}

// ReplayFailure is a delivery that could not be replayed.
type ReplayFailure struct {
	Delivery hookflow.ID `json:"delivery"`
	Reason   string      `json:"reason"`
}

// InsertReplay adds a replay that nobody runs yet.
func (tx *Tx) InsertReplay(r *Replay) error {
	return tx.put(`
		INSERT INTO hf_replays (id, filter, revision, status, total, done, failed, failures, until, position, created_at, created_by, finished_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, []byte(r.Filter), r.Revision, string(r.Status), r.Total, r.Done, r.Failed, tx.json(r.Failures), int64(r.Until), int64(r.Position),
		micros(r.CreatedAt), r.CreatedBy, micros(r.FinishedAt))
}

const selectReplay = `
	SELECT id, filter, revision, status, total, done, failed, failures, until, position, created_at, created_by, finished_at FROM hf_replays`

func scanReplay(row Row) (r Replay, err error) {
	var failures []byte
	err = row.Scan(&r.ID, (*[]byte)(&r.Filter), &r.Revision, &r.Status, &r.Total, &r.Done, &r.Failed, &failures, &r.Until, &r.Position,
		(*stamp)(&r.CreatedAt), &r.CreatedBy, (*stamp)(&r.FinishedAt))
	return r, errors.Join(err, decode(failures, &r.Failures))
}

// Replay returns one replay, or CodeNotFound.
func (s *Store) Replay(ctx context.Context, id hookflow.ID) (Replay, error) {
	return one(s.backend.reader(ctx), scanReplay, "replay", selectReplay+" WHERE id = ?", id)
}

// Replays lists replays, newest first.
func (s *Store) Replays(ctx context.Context, page Page) ([]Replay, string, error) {
	c := &conditions{}
	tail, err := c.page(page, "id")
	if err != nil {
		return nil, "", err
	}
	items, err := collect(s.backend.reader(ctx), scanReplay, selectReplay+tail, c.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list replays: %w", err)
	}
	items, next := cut(page, items, func(r Replay) hookflow.ID { return r.ID })
	return items, next, nil
}

// CountReplays counts what Replays lists.
func (s *Store) CountReplays(ctx context.Context) (int64, error) {
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_replays")
}

// ownerIsDead is about the column owner. On SQLite whoever asks is the only
// process there is.
var ownerIsDead = map[Dialect]string{
	SQLite:   "TRUE",
	Postgres: "NOT EXISTS (SELECT 1 FROM hf_processes p WHERE p.id = owner AND p.lease_until > " + now + ")",
}

// ClaimReplay makes this process the one that runs the oldest replay that has
// not ended and that no living process runs; CodeNotFound when there is none.
// A replay that is this process's already is claimed again.
func (s *Store) ClaimReplay(ctx context.Context) (Replay, error) {
	free := "status = 'running' AND (owner IS NULL OR owner = ? OR " + ownerIsDead[s.Dialect()] + ")"
	r, err := one(s.backend.reader(ctx), scanReplay, "replay", selectReplay+" WHERE "+free+" ORDER BY id LIMIT 1", s.process)
	if err != nil {
		return r, err
	}
	err = s.Write(ctx, func(tx *Tx) error {
		return tx.putOne(ErrFenced, "UPDATE hf_replays SET owner = ? WHERE id = ? AND "+free, s.process, r.ID, s.process)
	})
	return r, err
}

// AdvanceReplay keeps how far this process's replay has come, or that it has
// ended. It fails with ErrFenced when the replay has been aborted or taken over.
func (s *Store) AdvanceReplay(tx *Tx, r *Replay) error {
	return tx.putOne(ErrFenced, `
		UPDATE hf_replays SET status = ?, done = ?, failed = ?, failures = ?, position = ?, finished_at = ?
		WHERE id = ? AND status = 'running' AND owner = ?`,
		string(r.Status), r.Done, r.Failed, tx.json(r.Failures), int64(r.Position), micros(r.FinishedAt), r.ID, s.process)
}

// AbortReplay ends a replay that runs, and reports whether it did.
func (tx *Tx) AbortReplay(id hookflow.ID, at time.Time) (bool, error) {
	rows, err := tx.Exec("UPDATE hf_replays SET status = 'aborted', finished_at = ? WHERE id = ? AND status = 'running'", micros(at), id)
	return rows == 1, err
}

// RevisionAt returns the newest revision of a workflow that was published at a
// time, or CodeNotFound.
func (s *Store) RevisionAt(ctx context.Context, workflow hookflow.ID, at time.Time) (hookflow.Revision, error) {
	return one(s.backend.reader(ctx), scanRevision, "revision",
		selectRevision+" WHERE workflow_id = ? AND number IS NOT NULL AND created_at <= ? ORDER BY number DESC LIMIT 1", workflow, micros(at))
}
