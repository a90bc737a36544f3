package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
)

// ErrFenced says that the execution has been taken over, cancelled or deleted
// since this worker claimed it: what the worker does with it counts no more.
var ErrFenced = errors.New("the execution belongs to another worker now")

// ExecutionFilter narrows a list of executions; zero members do not. From is
// inclusive, To is not.
type ExecutionFilter struct {
	Workflow  string // key
	Status    hookflow.Status
	Error     string // is in the reason why it did not succeed, in any case
	StartedBy string
	Delivery  hookflow.ID // that started them, retries included
	RetryOf   hookflow.ID
	Parent    hookflow.ID
	From, To  time.Time // of creation
}

// InsertExecution adds an execution. It is due at its creation unless DueAt
// says otherwise or it has ended.
func (tx *Tx) InsertExecution(e *hookflow.Execution) error {
	due := e.DueAt
	if due.IsZero() && !e.Status.Ended() {
		due = e.CreatedAt
	}
	return tx.put(`
		INSERT INTO hf_executions (id, workflow_id, revision_id, delivery_id, started_by, retry_of, parent_id, depth, status, error, epoch, concurrency,
			created_at, due_at, started_at, finished_at, input, state, response, output)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, e.WorkflowID, e.RevisionID, e.DeliveryID, e.StartedBy, e.RetryOf, e.ParentID, e.Depth, string(e.Status), text(e.Error), e.Epoch, e.Limit,
		micros(e.CreatedAt), micros(due), micros(e.StartedAt), micros(e.FinishedAt),
		pack(e.Input), pack(e.State), pack(e.Response), pack(e.Output))
}

const (
	executionFields = `e.id, e.workflow_id, COALESCE(w.key, ''), e.revision_id, COALESCE(r.number, 0), e.delivery_id, e.started_by,
		e.retry_of, e.parent_id, e.depth, e.status, e.error, e.epoch, e.concurrency, e.created_at, e.due_at, e.started_at, e.finished_at`
	fromExecutions = ` FROM hf_executions e LEFT JOIN hf_workflows w ON w.id = e.workflow_id
		LEFT JOIN hf_revisions r ON r.id = e.revision_id`
)

func executionDest(e *hookflow.Execution) []any {
	return []any{
		&e.ID, &e.WorkflowID, &e.WorkflowKey, &e.RevisionID, &e.Revision, &e.DeliveryID, &e.StartedBy,
		&e.RetryOf, &e.ParentID, &e.Depth, &e.Status, &e.Error, &e.Epoch, &e.Limit,
		(*stamp)(&e.CreatedAt), (*stamp)(&e.DueAt), (*stamp)(&e.StartedAt), (*stamp)(&e.FinishedAt),
	}
}

// Execution returns one execution whole, or CodeNotFound.
func (s *Store) Execution(ctx context.Context, id hookflow.ID) (*hookflow.Execution, error) {
	scan := func(row Row) (*hookflow.Execution, error) {
		var e hookflow.Execution
		err := row.Scan(append(executionDest(&e), packed{&e.Input}, packed{&e.State}, packed{&e.Response}, packed{&e.Output})...)
		return &e, err
	}
	return one(s.backend.reader(ctx), scan, "execution",
		"SELECT "+executionFields+", e.input, e.state, e.response, e.output"+fromExecutions+" WHERE e.id = ?", id)
}

// Executions lists executions, newest first, without input, state, response and
// output.
func (s *Store) Executions(ctx context.Context, filter ExecutionFilter, page Page) ([]hookflow.Execution, string, error) {
	c := filter.conditions()
	tail, err := c.page(page, "e.id")
	if err != nil {
		return nil, "", err
	}
	scan := func(row Row) (e hookflow.Execution, err error) {
		err = row.Scan(executionDest(&e)...)
		return e, err
	}
	items, err := collect(s.backend.reader(ctx), scan, "SELECT "+executionFields+fromExecutions+tail, c.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list executions: %w", err)
	}
	items, next := cut(page, items, func(e hookflow.Execution) hookflow.ID { return e.ID })
	return items, next, nil
}

// CountExecutions counts what Executions lists.
func (s *Store) CountExecutions(ctx context.Context, filter ExecutionFilter) (int64, error) {
	c := filter.conditions()
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_executions e"+c.where(), c.args...)
}

func (f ExecutionFilter) conditions() *conditions {
	c := &conditions{}
	if f.Workflow != "" {
		c.add("e.workflow_id = "+newestOf, f.Workflow)
	}
	if f.Status != "" {
		c.add("e.status = ?", string(f.Status))
	}
	if index, ok := statusIndex[f.Status]; ok {
		c.add(index)
	}
	if f.Error != "" {
		c.add(unsuccessful+` AND LOWER(e.error) LIKE LOWER(?) ESCAPE '\'`, "%"+likeLiteral.Replace(f.Error)+"%")
	}
	c.equal("e.started_by", f.StartedBy)
	if f.Delivery != 0 {
		c.add("e.id IN ("+ofDelivery+")", f.Delivery, f.Delivery)
	}
	if f.RetryOf != 0 {
		c.add("e.id IN ("+retriesOf+")", f.RetryOf, f.RetryOf)
	}
	if f.Parent != 0 {
		c.add("e.parent_id = ?", f.Parent)
	}
	c.between("e", "created_at", f.From, f.To)
	return c
}

// ofDelivery finds the executions of a delivery without an index of all: the
// one that it started stands in its row, the others are retries.
const ofDelivery = `SELECT execution_id FROM hf_deliveries WHERE id = ? AND execution_id IS NOT NULL
	UNION ALL SELECT id FROM hf_executions WHERE delivery_id = ? AND retry_of IS NOT NULL`

// retriesOf finds the retries of an execution by the index of those of a
// delivery: they have the same delivery, or like it none.
const retriesOf = `SELECT again.id FROM hf_executions first JOIN hf_executions again ON again.delivery_id = first.delivery_id
		WHERE first.id = ? AND again.retry_of = first.id
	UNION ALL SELECT id FROM hf_executions WHERE delivery_id IS NULL AND retry_of = ?`

// likeLiteral has LIKE take a text as it is.
var likeLiteral = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// unsuccessful spells out the condition of the index of those that did not succeed.
const unsuccessful = "e.status IN ('failed', 'error', 'aborted', 'cancelled', 'rejected')"

// statusIndex spells out the conditions of the partial indexes, which are found
// by their text only.
var statusIndex = func() map[hookflow.Status]string {
	return map[hookflow.Status]string{
		hookflow.StatusQueued: "e.status = 'queued'", hookflow.StatusWaiting: "e.status = 'waiting'", hookflow.StatusRunning: "e.status = 'running'",
		hookflow.StatusFailed: unsuccessful, hookflow.StatusError: unsuccessful, hookflow.StatusAborted: unsuccessful,
		hookflow.StatusCancelled: unsuccessful, hookflow.StatusRejected: unsuccessful,
	}
}()

// Commit is what a worker has to say about its execution.
type Commit struct {
	Execution  hookflow.ID
	Epoch      int64 // of the claim
	Seq        int   // number of this piece of the journal, from 0
	Steps      []hookflow.Step
	Status     hookflow.Status
	State      []byte
	DueAt      time.Time
	StartedAt  time.Time // zero: as it is
	FinishedAt time.Time
	Error      string
	Response   []byte // nil: as it is
	Output     []byte // nil: as it is
}

// CommitExecution changes the execution and adds to its journal. It fails with
// ErrFenced when the epoch is not the claim's any more. The steps of the commit
// that ends an execution go into its row, which changes anyway: most executions
// have no other.
func (tx *Tx) CommitExecution(c *Commit) error {
	if c.Status.Ended() {
		tx.QueueExpect(1, ErrFenced, `
			UPDATE hf_executions SET status = ?, error = ?, due_at = NULL, started_at = COALESCE(?, started_at), finished_at = ?,
				state = NULL, response = COALESCE(?, response), output = COALESCE(?, output), steps = ?
			WHERE id = ? AND epoch = ? AND finished_at IS NULL`, // a commit whose answer got lost is tried again, and must not count twice
			string(c.Status), text(c.Error), micros(c.StartedAt), micros(c.FinishedAt),
			pack(c.Response), pack(c.Output), pack(tx.json(c.Steps)), c.Execution, c.Epoch)
		return tx.err
	}
	tx.QueueExpect(1, ErrFenced, `
		UPDATE hf_executions SET status = ?, error = ?, due_at = ?, started_at = COALESCE(?, started_at), finished_at = ?,
			state = ?, response = COALESCE(?, response), output = COALESCE(?, output)
		WHERE id = ? AND epoch = ?`,
		string(c.Status), text(c.Error), micros(c.DueAt), micros(c.StartedAt), micros(c.FinishedAt),
		pack(c.State), pack(c.Response), pack(c.Output), c.Execution, c.Epoch)
	if len(c.Steps) == 0 {
		return tx.err
	}
	return tx.put("INSERT INTO hf_journal (execution_id, seq, steps) VALUES (?, ?, ?)", c.Execution, c.Seq, pack(tx.json(c.Steps)))
}

// EndExecution ends an execution from outside, as cancelled or aborted, and
// reports whether it had not ended before. Its worker is fenced off.
func (tx *Tx) EndExecution(id hookflow.ID, status hookflow.Status, reason string, at time.Time) (bool, error) {
	rows, err := tx.Exec(`
		UPDATE hf_executions SET status = ?, error = ?, finished_at = ?, epoch = epoch + 1, owner = NULL, due_at = NULL, state = NULL
		WHERE id = ? AND status IN ('queued', 'running', 'waiting')`, string(status), text(reason), micros(at), id)
	return rows == 1, err
}

// WakeExecution makes a parked execution due, and reports its workflow and limit,
// or false when it is not parked.
func (tx *Tx) WakeExecution(id hookflow.ID, at time.Time) (workflow hookflow.ID, limit int, parked bool, err error) {
	rows, err := tx.Exec("UPDATE hf_executions SET due_at = ? WHERE id = ? AND status = 'waiting'", micros(at), id)
	if err != nil || rows == 0 {
		return 0, 0, false, err
	}
	err = tx.QueryRow("SELECT workflow_id, concurrency FROM hf_executions WHERE id = ?", id).Scan(&workflow, &limit)
	return workflow, limit, err == nil, err
}

// CalledBy lists the executions that have not ended and whose end an execution
// waits for.
func (s *Store) CalledBy(ctx context.Context, parent hookflow.ID) ([]hookflow.ID, error) {
	scan := func(row Row) (id hookflow.ID, err error) {
		err = row.Scan(&id)
		return id, err
	}
	return collect(s.backend.reader(ctx), scan,
		"SELECT id FROM hf_executions WHERE parent_id = ? AND status IN ('queued', 'running', 'waiting')", parent)
}

// DeleteExecution removes an execution and its journal.
func (tx *Tx) DeleteExecution(id hookflow.ID) error {
	tx.Queue("DELETE FROM hf_journal WHERE execution_id = ?", id)
	tx.QueueExpect(1, notFound("execution"), "DELETE FROM hf_executions WHERE id = ?", id)
	return tx.err
}

// Journal returns all steps of an execution, in order.
func (s *Store) Journal(ctx context.Context, id hookflow.ID) ([]hookflow.Step, error) {
	scan := func(row Row) (piece []hookflow.Step, err error) {
		var data []byte
		if err := row.Scan(packed{&data}); err != nil {
			return nil, err
		}
		return piece, json.Unmarshal(data, &piece)
	}
	pieces, err := collect(s.backend.reader(ctx), scan, `
		SELECT steps FROM (
			SELECT seq, steps FROM hf_journal WHERE execution_id = ?
			UNION ALL SELECT 9223372036854775807, steps FROM hf_executions WHERE id = ? AND steps IS NOT NULL
		) pieces ORDER BY seq`, id, id)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	var steps []hookflow.Step
	for _, piece := range pieces {
		steps = append(steps, piece...)
	}
	return steps, nil
}
