package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
)

// Steps are equal pieces of time, the first beginning at From. Things belong to
// the piece in which they got their ID, to the millisecond, so that indexes
// alone tell.
type Steps struct {
	From  time.Time
	Step  time.Duration // whole milliseconds
	Count int
}

// bounds are the first ID of the first piece, the first after the last, and how
// many IDs a piece has.
func (s Steps) bounds() (from, to hookflow.ID, width int64) {
	from = FirstID(s.From)
	width = int64(FirstID(s.From.Add(s.Step)) - from)
	return from, from + hookflow.ID(width*int64(s.Count)), max(width, 1)
}

// Traffic is what came in during a time, and what of it went wrong.
type Traffic struct {
	Accepted, Rejected, Duplicate, Filtered, Handshake int64 // deliveries
	Failed                                             int64 // executions that failed or were aborted
}

// Deliveries is how many requests there were.
func (t Traffic) Deliveries() int64 {
	return t.Accepted + t.Rejected + t.Duplicate + t.Filtered + t.Handshake
}

// Add adds up.
func (t *Traffic) Add(other Traffic) {
	t.Accepted += other.Accepted
	t.Rejected += other.Rejected
	t.Duplicate += other.Duplicate
	t.Filtered += other.Filtered
	t.Handshake += other.Handshake
	t.Failed += other.Failed
}

// Traffic counts for each step what came to a workflow, or to all when it is 0.
// What no workflow had a path for is rejected.
func (s *Store) Traffic(ctx context.Context, workflow hookflow.ID, steps Steps) ([]Traffic, error) {
	t := traffic{steps: steps, counted: map[hookflow.ID][]Traffic{0: make([]Traffic, steps.Count)}}
	if workflow != 0 {
		t.workflows = []hookflow.ID{workflow}
	}
	err := s.View(ctx, t.count)
	return t.counted[0], err
}

// TrafficOf is Traffic of several workflows; one that had none is left out.
func (s *Store) TrafficOf(ctx context.Context, workflows []hookflow.ID, steps Steps) (map[hookflow.ID][]Traffic, error) {
	if len(workflows) == 0 {
		return nil, nil
	}
	t := traffic{steps: steps, workflows: workflows, apart: true, counted: map[hookflow.ID][]Traffic{}}
	err := s.View(ctx, t.count)
	return t.counted, err
}

// traffic counts by steps, and by workflow when apart.
type traffic struct {
	steps     Steps
	workflows []hookflow.ID // nil: all
	apart     bool
	counted   map[hookflow.ID][]Traffic // by workflow; not apart all are in 0
}

// counter says which rows of a table count as what.
type counter struct{ table, workflow, kind, from string }

const kindAll, kindFailed = "all", "failed"

// counters are three indexes: of all deliveries of a workflow, of those that
// were not accepted, and of executions that did not succeed. Accepted is what is
// left. SQLite does not reorder a CROSS JOIN: by workflow, its index has the
// steps at hand. Conditions of partial indexes are spelt out as these are.
var counters = []counter{
	{"d", "w.id", "'" + kindAll + "'", "hf_workflows w CROSS JOIN hf_deliveries d WHERE d.workflow_id = w.id"},
	{"d", "d.workflow_id", "d.outcome", "hf_deliveries d WHERE d.outcome <> 'accepted' AND d.outcome IN ('rejected', 'duplicate', 'filtered', 'handshake')"},
	{"e", "e.workflow_id", "'" + kindFailed + "'", "hf_executions e WHERE " + failures},
}

// strays are the deliveries that no workflow had a path for.
var strays = counter{"d", "d.workflow_id", "'" + kindAll + "'", "hf_deliveries d WHERE d.workflow_id IS NULL"}

const failures = "e.status IN ('failed', 'error', 'aborted', 'cancelled', 'rejected') AND e.status IN ('failed', 'error', 'aborted')"

func (t *traffic) count(r Reader) error {
	for _, c := range counters {
		if err := t.add(r, c); err != nil {
			return err
		}
	}
	if t.workflows != nil {
		return nil
	}
	return t.add(r, strays)
}

// statement groups by workflow, step and kind.
func (t *traffic) statement(c counter) (query string, args []any) {
	first, end, width := t.steps.bounds()
	var narrow conditions
	narrow.add(c.table+".id >= ? AND "+c.table+".id < ?", first, end)
	narrow.among(c.workflow, t.workflows)
	of := "0"
	if t.apart {
		of = c.workflow
	}
	query = fmt.Sprintf("SELECT %s, (%s.id - ?) / ?, %s, count(*) FROM %s AND %s GROUP BY 1, 2, 3",
		of, c.table, c.kind, c.from, strings.Join(narrow.terms, " AND "))
	return query, append([]any{first, width}, narrow.args...)
}

func (t *traffic) add(r Reader, c counter) error {
	query, args := t.statement(c)
	rows, err := r.Query(query, args...)
	if err != nil {
		return fmt.Errorf("count the traffic: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var workflow hookflow.ID
		var step int
		var kind string
		var n int64
		if err := rows.Scan(&workflow, &step, &kind, &n); err != nil {
			return fmt.Errorf("count the traffic: %w", err)
		}
		if t.counted[workflow] == nil {
			t.counted[workflow] = make([]Traffic, t.steps.Count)
		}
		t.counted[workflow][step].count(kind, n)
	}
	return rows.Err()
}

// among narrows to some IDs; none do not.
func (c *conditions) among(column string, ids []hookflow.ID) {
	if len(ids) == 0 {
		return
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	c.add(column+" IN (?"+strings.Repeat(", ?", len(ids)-1)+")", args...)
}

// count adds n of a kind. All count as accepted until the others are taken off.
func (t *Traffic) count(kind string, n int64) {
	switch kind {
	case kindAll:
		t.Accepted += n
		return
	case kindFailed:
		t.Failed += n
		return
	}
	t.Accepted -= n
	switch hookflow.Outcome(kind) {
	case hookflow.OutcomeRejected:
		t.Rejected += n
	case hookflow.OutcomeDuplicate:
		t.Duplicate += n
	case hookflow.OutcomeFiltered:
		t.Filtered += n
	default:
		t.Handshake += n
	}
}

// Durations are how long executions took, shortest first.
type Durations []time.Duration

// Percentile is how long p of a hundred took at most (nearest rank); false when
// there are none.
func (d Durations) Percentile(p int) (time.Duration, bool) {
	if len(d) == 0 {
		return 0, false
	}
	return d[max((len(d)*p+99)/100, 1)-1], true
}

// Merged are the durations of several together.
func Merged(several []Durations) Durations {
	all := slices.Concat(several...)
	slices.Sort(all)
	return all
}

// maxDurations bounds how many executions Durations looks at: the newest.
const maxDurations = 500_000

// Durations tells for each step how long the executions took that began in it
// and have ended, of a workflow or of all when it is 0: from their start to
// their end, waits included.
func (s *Store) Durations(ctx context.Context, workflow hookflow.ID, steps Steps) ([]Durations, error) {
	first, end, width := steps.bounds()
	c := &conditions{}
	c.add("e.id >= ? AND e.id < ? AND e.finished_at IS NOT NULL AND e.started_at IS NOT NULL", first, end)
	if workflow != 0 {
		c.add("e.workflow_id = ?", workflow)
	}
	rows, err := s.backend.reader(ctx).Query("SELECT e.id, e.finished_at - e.started_at FROM hf_executions e"+c.where()+" ORDER BY e.id DESC LIMIT ?",
		append(c.args, maxDurations)...)
	if err != nil {
		return nil, fmt.Errorf("read the durations: %w", err)
	}
	defer rows.Close()
	durations := make([]Durations, steps.Count)
	for rows.Next() {
		var id hookflow.ID
		var took int64
		if err := rows.Scan(&id, &took); err != nil {
			return nil, fmt.Errorf("read the durations: %w", err)
		}
		step := int64(id-first) / width
		durations[step] = append(durations[step], time.Duration(took)*time.Microsecond)
	}
	for _, d := range durations {
		slices.Sort(d)
	}
	return durations, rows.Err()
}

// Failing is a workflow of which executions failed or were aborted.
type Failing struct {
	Workflow      WorkflowRow // ID, Key and Title only
	Failed, Total int64       // executions
	LastExecution hookflow.ID // the newest that failed
	LastFailedAt  time.Time
}

// Failing lists the workflows with the most failures among the executions since
// a time, the worst first.
func (s *Store) Failing(ctx context.Context, from time.Time, limit int) ([]Failing, error) {
	scan := func(row Row) (f Failing, err error) {
		err = row.Scan(&f.Workflow.ID, &f.Workflow.Key, &f.Workflow.Title, &f.Failed, &f.Total, &f.LastExecution, (*stamp)(&f.LastFailedAt))
		return f, err
	}
	since := FirstID(from)
	return collect(s.backend.reader(ctx), scan, `
		SELECT w.id, w.key, w.title, bad.failed, (SELECT count(*) FROM hf_executions a WHERE a.workflow_id = w.id AND a.id >= ?), bad.newest,
			(SELECT finished_at FROM hf_executions l WHERE l.id = bad.newest)
		FROM (
			SELECT e.workflow_id AS workflow, count(*) AS failed, max(e.id) AS newest FROM hf_executions e
			WHERE `+failures+` AND e.id >= ? GROUP BY e.workflow_id ORDER BY failed DESC, newest DESC LIMIT ?
		) bad JOIN hf_workflows w ON w.id = bad.workflow
		ORDER BY bad.failed DESC, bad.newest DESC`, since, since, limit)
}

// LastDeliveries tells when each workflow got its last request; one that never
// had any is left out.
func (s *Store) LastDeliveries(ctx context.Context, workflows []hookflow.ID) (map[hookflow.ID]time.Time, error) {
	c := &conditions{}
	c.among("w.id", workflows)
	rows, err := s.backend.reader(ctx).Query(
		"SELECT w.id, (SELECT max(d.id) FROM hf_deliveries d WHERE d.workflow_id = w.id) FROM hf_workflows w"+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("read the last deliveries: %w", err)
	}
	defer rows.Close()
	last := map[hookflow.ID]time.Time{}
	for rows.Next() {
		var workflow, newest hookflow.ID
		if err := rows.Scan(&workflow, &newest); err != nil {
			return nil, fmt.Errorf("read the last deliveries: %w", err)
		}
		if newest != 0 {
			last[workflow] = newest.Time()
		}
	}
	return last, rows.Err()
}

// Backlog is what is still to be done.
type Backlog struct {
	Queued, Running, Waiting int64
	Oldest                   time.Time // when the oldest that is queued got its ID; zero when none is
}

// Backlog counts the executions that have not ended.
func (s *Store) Backlog(ctx context.Context) (b Backlog, err error) {
	var oldest hookflow.ID
	err = s.QueryRow(ctx, `
		SELECT (SELECT count(*) FROM hf_executions WHERE status = 'queued'), (SELECT count(*) FROM hf_executions WHERE status = 'running'),
			(SELECT count(*) FROM hf_executions WHERE status = 'waiting'), (SELECT min(id) FROM hf_executions WHERE status = 'queued')`).
		Scan(&b.Queued, &b.Running, &b.Waiting, &oldest)
	if oldest != 0 {
		b.Oldest = oldest.Time()
	}
	return b, err
}

// Size is how many bytes the database takes on its disk, as far as it says so.
func (s *Store) Size(ctx context.Context) (bytes int64, err error) {
	query := "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
	if s.Dialect() == Postgres {
		query = "SELECT pg_database_size(current_database())"
	}
	err = s.QueryRow(ctx, query).Scan(&bytes)
	return bytes, err
}

// Processes is how many processes work on the database; SQLite has one.
func (s *Store) Processes(ctx context.Context) (n int64, err error) {
	if s.Dialect() == SQLite {
		return 1, nil
	}
	err = s.QueryRow(ctx, "SELECT count(*) FROM hf_processes WHERE lease_until > "+now).Scan(&n)
	return n, err
}
