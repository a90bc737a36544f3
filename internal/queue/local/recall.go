package local

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	chunk = 1024 // most rows read at once
	floor = 16   // rows that a window may hold even when memory is full

	pause   = time.Second // before a failed query or a broken-off execution is tried again
	longest = time.Minute // between two looks at the clock, which may jump
)

// Statements of recall. Each finds its rows by the partial index of a status,
// so that a start is as quick with millions of executions that have ended.
const (
	parkRunning  = `UPDATE hf_executions SET status = 'waiting', due_at = ?, epoch = epoch + 1 WHERE status = 'running'`
	selectPlaces = `SELECT id, workflow_id FROM hf_executions WHERE status = 'waiting' AND concurrency > 0`
	selectFlows  = `
		SELECT workflow_id, 'queued', count(*) FROM hf_executions WHERE status = 'queued' GROUP BY workflow_id UNION ALL
		SELECT workflow_id, 'waiting', count(*) FROM hf_executions WHERE status = 'waiting' GROUP BY workflow_id`
)

// recall finds what the process before this one left. What it was running is
// parked, due now: that keeps its place.
func (q *Queue) recall(ctx context.Context) error {
	err := q.store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(parkRunning, q.now())
		return err
	})
	if err != nil {
		return fmt.Errorf("take over executions: %w", err)
	}
	if err := q.recallPlaces(ctx); err != nil {
		return fmt.Errorf("read started executions: %w", err)
	}
	if err := q.recallFlows(ctx); err != nil {
		return fmt.Errorf("read unfinished executions: %w", err)
	}
	return nil
}

func (q *Queue) recallPlaces(ctx context.Context) error {
	rows, err := q.store.Query(ctx, selectPlaces)
	if err != nil {
		return err
	}
	defer rows.Close()
	q.mu.Lock()
	defer q.mu.Unlock()
	for rows.Next() {
		var id, workflow hookflow.ID
		if err := rows.Scan(&id, &workflow); err != nil {
			return err
		}
		q.flow(workflow).started[id] = true
	}
	return rows.Err()
}

func (q *Queue) recallFlows(ctx context.Context) error {
	rows, err := q.store.Query(ctx, selectFlows)
	if err != nil {
		return err
	}
	defer rows.Close()
	q.mu.Lock()
	defer q.mu.Unlock()
	for rows.Next() {
		var workflow hookflow.ID
		var status hookflow.Status
		var count int
		if err := rows.Scan(&workflow, &status, &count); err != nil {
			return err
		}
		w := q.flow(workflow).fresh
		if status == hookflow.StatusWaiting {
			w = w.flow.parked
		}
		w.horizon, w.beyond = key{}, count
		q.fill(w)
	}
	return rows.Err()
}

// fill has a window read from the database when it is about to run dry.
func (q *Queue) fill(w *window) {
	low := floor / 2
	if len(q.known) < q.options.Memory {
		low = chunk / 4
	}
	if w.horizon != endless && !w.loading && (len(w.rows) <= low || w.head() == nil) {
		w.loading = true
		q.loads = append(q.loads, w)
		nudge(q.errands)
	}
}

func (q *Queue) hasRoom(w *window) bool {
	return len(q.known) < q.options.Memory || len(w.rows) < floor
}

// runErrands reads from the database what the workers need, until ctx is done.
func (q *Queue) runErrands(ctx context.Context) {
	for {
		select {
		case <-q.errands:
		case <-ctx.Done():
			return
		}
		for q.runErrand(ctx) {
		}
	}
}

// runErrand reports whether there may be another one.
func (q *Queue) runErrand(ctx context.Context) bool {
	q.mu.Lock()
	loads, doubtful := q.loads, q.doubtful
	q.loads, q.doubtful = nil, nil
	q.mu.Unlock()
	for _, w := range loads {
		q.retry(ctx, func() error { return q.load(ctx, w) })
	}
	for _, e := range doubtful {
		q.retry(ctx, func() error { return q.resolve(ctx, e) })
	}
	return len(loads)+len(doubtful) > 0 && ctx.Err() == nil
}

// retry repeats an errand until it succeeds or ctx is done.
func (q *Queue) retry(ctx context.Context, errand func() error) {
	for err := errand(); err != nil && ctx.Err() == nil; err = errand() {
		q.options.Logger.Error("the queue cannot read executions", "error", err)
		select {
		case <-q.options.In(pause):
		case <-ctx.Done():
		}
	}
}

const (
	selectFresh = `SELECT id, 0, concurrency, epoch FROM hf_executions
		WHERE status = 'queued' AND workflow_id = ? AND id >= ? ORDER BY id LIMIT ?`
	selectParked = `SELECT id, due_at, concurrency, epoch FROM hf_executions
		WHERE status = 'waiting' AND workflow_id = ? AND (due_at, id) >= (?, ?) ORDER BY due_at, id LIMIT ?`
)

// load reads the rows behind a window's horizon.
func (q *Queue) load(ctx context.Context, w *window) error {
	q.mu.Lock()
	from, limit := w.horizon, min(max(q.options.Memory-len(q.known), floor), chunk)
	q.mu.Unlock()

	query, args := selectFresh, []any{w.flow.id, int64(from.id), limit}
	if w.parked {
		query, args = selectParked, []any{w.flow.id, from.due, int64(from.id), limit}
	}
	rows, err := q.store.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var found []*entry
	for rows.Next() {
		e := &entry{flow: w.flow}
		if err := rows.Scan(&e.id, &e.due, &e.limit, &e.epoch); err != nil {
			return err
		}
		found = append(found, e)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	q.merge(w, found, len(found) == limit)
	return nil
}

// merge adds rows to a window, but for those that memory knows better.
func (q *Queue) merge(w *window, found []*entry, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	next := endless
	for _, e := range found {
		if q.known[e.id] == nil && !w.flow.gone[e.id] {
			q.known[e.id] = e
			w.add(e)
			w.beyond = max(w.beyond-1, 0)
		}
		if more {
			next = key{w.key(e).due, e.id + 1}
		}
	}
	w.loaded(next)
	if !w.flow.fresh.loading && !w.flow.parked.loading {
		clear(w.flow.gone)
	}
	q.offer(w.flow)
	if w.parked {
		nudge(q.alarm)
	}
	q.fill(w)
	q.tidy(w.flow)
}

// resolve asks the row what became of an execution whose work returned without
// a word. One that is neither parked nor ended was broken off: it is tried again.
func (q *Queue) resolve(ctx context.Context, e *entry) error {
	var status hookflow.Status
	var due *int64
	err := q.store.QueryRow(ctx, `SELECT status, due_at, epoch FROM hf_executions WHERE id = ?`, e.id).Scan(&status, &due, &e.epoch)
	if err != nil && !errors.Is(err, store.ErrNoRows) {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case e.settled:
	case err != nil || status.Ended():
		e.settled, e.ended = true, true
	case status != hookflow.StatusWaiting:
		e.due = q.options.Clock().Add(pause).UnixMicro()
		q.wait(e, e.flow.parked)
		return nil
	case due == nil:
		q.forget(e)
		return nil
	default:
		e.settled, e.due = true, *due
	}
	q.conclude(e)
	q.offer(e.flow)
	return nil
}

// watchTime brings workflows into the ring when their parked executions are
// due, until ctx is done.
func (q *Queue) watchTime(ctx context.Context) {
	for {
		select {
		case <-q.options.At(q.ringDue()):
		case <-q.alarm:
		case <-ctx.Done():
			return
		}
	}
}

// ringDue brings what is due into the ring and returns when to look again.
func (q *Queue) ringDue() time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.options.Clock()
	next := now.Add(longest)
	for _, f := range q.flows {
		q.offer(f)
		if e := f.parked.head(); e != nil && e.due > now.UnixMicro() && e.due < next.UnixMicro() {
			next = time.UnixMicro(e.due)
		}
	}
	return next
}
