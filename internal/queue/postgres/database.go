package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
)

// errDisowned says that the database does not know this process any more.
var errDisowned = errors.New("this process was away for so long that the database has forgotten it: it must be restarted")

// maxDepth bounds what depth counts.
const maxDepth = 100_000

// claimLock is the advisory lock of those who claim: limits of workflows are
// kept across processes.
const claimLock = 0x686f6f6b00000002

// The time of the database in microseconds: when the transaction began, which
// an index can be searched for, and really.
const (
	now     = `(extract(epoch FROM now()) * 1000000)::bigint`
	instant = `(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`
)

// Statements of Enqueue. A row has an owner while it runs, and when only that
// process may run it.
const (
	claimRow   = `UPDATE hf_executions SET status = 'running', owner = ?, epoch = 1 WHERE id = ? AND status = 'queued' AND epoch = 0`
	reserveRow = `UPDATE hf_executions SET owner = ? WHERE id = ?`
	parkRow    = `UPDATE hf_executions SET owner = ?, due_at = ` + instant + ` + ? WHERE id = ? AND status = 'waiting'`
	resumeRow  = `UPDATE hf_executions SET due_at = ` + instant + ` + ? WHERE id = ? AND status = 'waiting'`
)

// database holds the queue's own connections.
type database struct {
	*pgxpool.Pool
	process string
}

// claimRows takes the executions that are due: $1 the process, $2 how many
// workers are free, $3 and $4 the workflows that have workers already and how
// many. queued and waiting step through the workflows by index.
//
// Within a workflow, parked executions go first, since they have their place;
// the new ones follow by id as far as its limit goes. Between workflows, those
// with fewer workers go first, and none gets more than queue.Admits allows.
const claimRows = `
WITH RECURSIVE queued AS (
	(SELECT workflow_id FROM hf_executions WHERE status = 'queued' ORDER BY workflow_id LIMIT 1)
	UNION ALL
	SELECT (SELECT e.workflow_id FROM hf_executions e WHERE e.status = 'queued' AND e.workflow_id > q.workflow_id ORDER BY e.workflow_id LIMIT 1)
	FROM queued q WHERE q.workflow_id IS NOT NULL
), waiting AS (
	(SELECT workflow_id FROM hf_executions WHERE status = 'waiting' ORDER BY workflow_id LIMIT 1)
	UNION ALL
	SELECT (SELECT e.workflow_id FROM hf_executions e WHERE e.status = 'waiting' AND e.workflow_id > w.workflow_id ORDER BY e.workflow_id LIMIT 1)
	FROM waiting w WHERE w.workflow_id IS NOT NULL
), parked AS (
	SELECT e.* FROM waiting w CROSS JOIN LATERAL (
		SELECT id, workflow_id, due_at FROM hf_executions
		WHERE status = 'waiting' AND workflow_id = w.workflow_id AND due_at <= ` + now + ` AND (owner IS NULL OR owner = $1)
		ORDER BY due_at, id LIMIT $2
	) e
), fresh AS (
	SELECT e.*, row_number() OVER (PARTITION BY e.workflow_id ORDER BY e.id) AS place FROM queued q CROSS JOIN LATERAL (
		SELECT id, workflow_id, concurrency, owner FROM hf_executions
		WHERE status = 'queued' AND workflow_id = q.workflow_id
		ORDER BY id LIMIT $2
	) e
), places AS (
	SELECT workflow_id, count(*) AS taken FROM (
		SELECT workflow_id FROM hf_executions WHERE status = 'running'
		UNION ALL
		SELECT workflow_id FROM hf_executions WHERE status = 'waiting'
	) started WHERE workflow_id IN (SELECT workflow_id FROM fresh WHERE concurrency > 0)
	GROUP BY workflow_id
), eligible AS (
	SELECT id, workflow_id, due_at FROM parked
	UNION ALL
	SELECT f.id, f.workflow_id, NULL FROM fresh f LEFT JOIN places p USING (workflow_id)
	WHERE (f.owner IS NULL OR f.owner = $1) AND (f.concurrency = 0 OR COALESCE(p.taken, 0) + f.place <= f.concurrency)
), ranked AS (
	SELECT e.id, COALESCE(b.workers, 0) + row_number() OVER (PARTITION BY e.workflow_id ORDER BY e.due_at NULLS LAST, e.id) AS rank
	FROM eligible e LEFT JOIN unnest($3::bigint[], $4::bigint[]) AS b (workflow_id, workers) USING (workflow_id)
), spread AS (
	SELECT id, rank, row_number() OVER (ORDER BY rank, id) AS position FROM ranked
), locked AS (
	SELECT id FROM hf_executions
	WHERE id IN (SELECT id FROM spread WHERE position <= $2 AND (rank = 1 OR rank <= $5 * ($2 - position))) AND status IN ('queued', 'waiting')
		AND EXISTS (SELECT 1 FROM hf_processes WHERE id = $1 AND lease_until > ` + now + `)
	FOR UPDATE SKIP LOCKED
)
UPDATE hf_executions e SET status = 'running', owner = $1, epoch = epoch + 1
FROM locked WHERE e.id = locked.id
RETURNING e.id, e.workflow_id, e.epoch`

// untilDue is how many microseconds nothing more will be due.
const untilDue = `
WITH RECURSIVE waiting AS (
	(SELECT workflow_id FROM hf_executions WHERE status = 'waiting' ORDER BY workflow_id LIMIT 1)
	UNION ALL
	SELECT (SELECT e.workflow_id FROM hf_executions e WHERE e.status = 'waiting' AND e.workflow_id > w.workflow_id ORDER BY e.workflow_id LIMIT 1)
	FROM waiting w WHERE w.workflow_id IS NOT NULL
)
SELECT min(e.due_at) - ` + now + ` FROM waiting w CROSS JOIN LATERAL (
	SELECT due_at FROM hf_executions WHERE status = 'waiting' AND workflow_id = w.workflow_id AND due_at > ` + now + ` ORDER BY due_at LIMIT 1
) e`

// claim takes at most free executions for this process, whose workers run so
// many of each workflow, and tells how long nothing more will be due.
func (db *database) claim(ctx context.Context, free int, running map[hookflow.ID]int) (found []claim, next time.Duration, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	workflows, workers := make([]int64, 0, len(running)), make([]int64, 0, len(running))
	for workflow, n := range running {
		workflows, workers = append(workflows, int64(workflow)), append(workers, int64(n))
	}
	next = poll
	batch := &pgx.Batch{} // one transaction
	batch.Queue(`SELECT pg_advisory_xact_lock($1)`, int64(claimLock))
	batch.Queue(claimRows, db.process, free, workflows, workers, queue.Share).Query(func(rows pgx.Rows) error {
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c claim, err error) {
			err = row.Scan(&c.ID, &c.workflow, &c.Epoch)
			return c, err
		})
		return err
	})
	batch.Queue(untilDue).QueryRow(func(row pgx.Row) error {
		var micros *int64
		err := row.Scan(&micros)
		if micros != nil {
			next = time.Duration(*micros) * time.Microsecond
		}
		return err
	})
	if err := db.SendBatch(ctx, batch).Close(); err != nil {
		return nil, poll, err
	}
	return found, next, nil
}

const (
	renewLease = `UPDATE hf_processes SET lease_until = ` + instant + ` + $2 WHERE id = $1`

	// giveBackRows parks what was running, due now: that keeps its place. What
	// is locked waits for the next time: its owner may be asleep in the middle
	// of a transaction.
	giveBackRows = `
UPDATE hf_executions SET owner = NULL, epoch = epoch + 1,
	status = CASE status WHEN 'running' THEN 'waiting' ELSE status END,
	due_at = CASE status WHEN 'running' THEN ` + now + ` ELSE due_at END
WHERE id IN (
	SELECT id FROM hf_executions
	WHERE owner IS NOT NULL AND status IN ('queued', 'running', 'waiting') AND %s
	FOR UPDATE SKIP LOCKED
)`

	ofDead = `NOT EXISTS (SELECT 1 FROM hf_processes p WHERE p.id = owner AND p.lease_until > ` + instant + `)`
)

// beat renews the lease and gives the executions of dead processes back.
func (db *database) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tag, err := db.Exec(ctx, renewLease, db.process, lease.Microseconds())
	if err != nil {
		return fmt.Errorf("renew the lease: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return errDisowned
	}
	if _, err := db.Exec(ctx, fmt.Sprintf(giveBackRows, ofDead)); err != nil {
		return fmt.Errorf("take over from dead processes: %w", err)
	}
	return nil
}

// owned returns the executions that run in this process, as the rows say.
func (db *database) owned(ctx context.Context) ([]hookflow.ID, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	rows, err := db.Query(ctx, `SELECT id FROM hf_executions WHERE owner = $1 AND status = 'running'`, db.process)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[hookflow.ID])
}

// giveBack lets any process claim executions that run in this one.
func (db *database) giveBack(ctx context.Context, ids []hookflow.ID) error {
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := db.Exec(ctx, fmt.Sprintf(giveBackRows, `owner = $1 AND status = 'running' AND id = ANY ($2)`), db.process, ids)
	return err
}

// release gives back everything that is this process's.
func (db *database) release(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := db.Exec(ctx, fmt.Sprintf(giveBackRows, `owner = $1`), db.process)
	return err
}

// depth counts the executions that wait for a worker, up to a bound.
func (db *database) depth(ctx context.Context) (depth int, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = db.QueryRow(ctx, `SELECT count(*) FROM (SELECT 1 FROM hf_executions WHERE status = 'queued' LIMIT $1) q`, maxDepth).Scan(&depth)
	return depth, err
}
