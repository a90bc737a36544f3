package api

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

// What statistics look at unless they are asked for another time, and at most.
const (
	defaultSpan = 24 * time.Hour
	maxSpan     = 92 * 24 * time.Hour
)

type seriesPoint struct {
	At        time.Time `json:"at" doc:"Begin of the step"`
	Accepted  int64     `json:"accepted" doc:"Requests accepted"`
	Rejected  int64     `json:"rejected"`
	Duplicate int64     `json:"duplicate"`
	Filtered  int64     `json:"filtered"`
	Handshake int64     `json:"handshake"`
	Failed    int64     `json:"failed" doc:"Executions that began in the step and failed, broke or were aborted"`
	P50       *float64  `json:"p50Ms" doc:"Half of the executions that began in the step took at most so many milliseconds from start to end, waits included; null when none ended"`
	P95       *float64  `json:"p95Ms" doc:"The same of 95 %"`
}

// periodTotals are the figures of a whole period.
type periodTotals struct {
	Deliveries       int64    `json:"deliveries" doc:"Requests received"`
	RejectedShare    *float64 `json:"rejectedShare" doc:"Of them rejected, 0 to 1; null without any"`
	P95              *float64 `json:"p95Ms" doc:"95 % of the executions took at most so many milliseconds; null without any"`
	FailedExecutions int64    `json:"failedExecutions" doc:"Executions that failed, broke or were aborted"`
}

type series struct {
	Body struct {
		From     time.Time     `json:"from"`
		To       time.Time     `json:"to" doc:"End of the last step, which may be a little later than asked for"`
		Step     int64         `json:"step" doc:"Seconds"`
		Points   []seriesPoint `json:"points" nullable:"false"`
		Totals   periodTotals  `json:"totals"`
		Previous periodTotals  `json:"previous" doc:"The totals of the period of the same length before"`
	}
}

type seriesQuery struct {
	From     time.Time `query:"from" doc:"Begin; 24 hours before the end when left out"`
	To       time.Time `query:"to" doc:"End; now when left out"`
	Workflow string    `query:"workflow" doc:"Key; all workflows when left out"`
	Buckets  int       `query:"buckets" minimum:"1" maximum:"200" default:"60" doc:"Most steps"`
}

// steps cuts the period into whole seconds.
func (q *seriesQuery) steps(now time.Time) (store.Steps, error) {
	to := q.To
	if to.IsZero() {
		to = now
	}
	from := q.From
	if from.IsZero() {
		from = to.Add(-defaultSpan)
	}
	span := to.Sub(from)
	if span <= 0 || span > maxSpan {
		return store.Steps{}, hookflow.Invalid("from must be before to, by 92 days at most")
	}
	step := roundUp(span/time.Duration(q.Buckets), time.Second)
	return store.Steps{From: from.Truncate(time.Millisecond), Step: step, Count: int(roundUp(span, step) / step)}, nil
}

// roundUp is the next multiple, never zero.
func roundUp(d, unit time.Duration) time.Duration {
	return max((d+unit-1)/unit, 1) * unit
}

// statsSeries counts both periods in one go, the previous one first.
func (a *api) statsSeries(ctx context.Context, in *seriesQuery) (*series, error) {
	steps, err := in.steps(a.Clock())
	if err != nil {
		return nil, err
	}
	var workflow hookflow.ID
	if in.Workflow != "" {
		row, err := a.Store.Workflow(ctx, in.Workflow)
		if err != nil {
			return nil, err
		}
		workflow = row.ID
	}
	n := steps.Count
	both := store.Steps{From: steps.From.Add(-time.Duration(n) * steps.Step), Step: steps.Step, Count: 2 * n}
	traffic, err := a.Store.Traffic(ctx, workflow, both)
	if err != nil {
		return nil, err
	}
	durations, err := a.Store.Durations(ctx, workflow, both)
	if err != nil {
		return nil, err
	}
	out := &series{}
	out.Body.From, out.Body.To = steps.From.UTC(), steps.From.Add(time.Duration(n)*steps.Step).UTC()
	out.Body.Step = int64(steps.Step / time.Second)
	out.Body.Points = make([]seriesPoint, n)
	for i := range out.Body.Points {
		at := steps.From.Add(time.Duration(i) * steps.Step)
		out.Body.Points[i] = pointOf(at, traffic[n+i], durations[n+i])
	}
	out.Body.Previous = totalsOf(traffic[:n], durations[:n])
	out.Body.Totals = totalsOf(traffic[n:], durations[n:])
	return out, nil
}

func pointOf(at time.Time, t store.Traffic, durations store.Durations) seriesPoint {
	return seriesPoint{
		At: at.UTC(), Accepted: t.Accepted, Rejected: t.Rejected, Duplicate: t.Duplicate, Filtered: t.Filtered, Handshake: t.Handshake,
		Failed: t.Failed, P50: inMilliseconds(durations.Percentile(50)), P95: inMilliseconds(durations.Percentile(95)),
	}
}

func totalsOf(traffic []store.Traffic, durations []store.Durations) periodTotals {
	var all store.Traffic
	for _, t := range traffic {
		all.Add(t)
	}
	out := periodTotals{
		Deliveries: all.Deliveries(), FailedExecutions: all.Failed,
		P95: inMilliseconds(store.Merged(durations).Percentile(95)),
	}
	if out.Deliveries > 0 {
		share := float64(all.Rejected) / float64(out.Deliveries)
		out.RejectedShare = &share
	}
	return out
}

func inMilliseconds(d time.Duration, ok bool) *float64 {
	if !ok {
		return nil
	}
	ms := float64(d.Microseconds()) / 1000
	return &ms
}

type failingWorkflow struct {
	Workflow      string      `json:"workflow" doc:"Key"`
	Title         string      `json:"title"`
	Failed        int64       `json:"failed" doc:"Executions that failed, broke or were aborted"`
	Total         int64       `json:"total" doc:"Executions"`
	LastFailedAt  time.Time   `json:"lastFailedAt"`
	LastExecution hookflow.ID `json:"lastExecution" doc:"The newest that failed"`
}

type failing struct {
	Body struct {
		From  time.Time         `json:"from"`
		Items []failingWorkflow `json:"items" nullable:"false"`
	}
}

func (a *api) statsFailing(ctx context.Context, in *struct {
	From  time.Time `query:"from" doc:"Of executions since then; 24 hours ago when left out"`
	Limit int       `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"Most items"`
},
) (*failing, error) {
	if in.From.IsZero() {
		in.From = a.Clock().Add(-defaultSpan)
	}
	found, err := a.Store.Failing(ctx, in.From, in.Limit)
	out := &failing{}
	out.Body.From, out.Body.Items = in.From.UTC(), make([]failingWorkflow, len(found))
	for i, f := range found {
		out.Body.Items[i] = failingWorkflow{
			f.Workflow.Key, f.Workflow.Title, f.Failed, f.Total, f.LastFailedAt.UTC(), f.LastExecution,
		}
	}
	return out, err
}

type health struct {
	Body struct {
		Version       string        `json:"version"`
		StartedAt     time.Time     `json:"startedAt" doc:"Of the process that answers"`
		Uptime        int64         `json:"uptime" doc:"Seconds since then"`
		Database      store.Dialect `json:"database" enum:"sqlite,postgres"`
		DatabaseBytes int64         `json:"databaseBytes" doc:"What the database takes on its disk"`
		Processes     int64         `json:"processes" doc:"That work on the database"`
		Queued        int64         `json:"queued" doc:"Executions that wait for a worker"`
		OldestQueued  *int64        `json:"oldestQueued" doc:"Seconds that the oldest of them has waited; null when none waits"`
		Running       int64         `json:"running"`
		Waiting       int64         `json:"waiting" doc:"Executions that wait for a time or for another execution"`
	}
}

func (a *api) statsHealth(ctx context.Context, _ *empty) (_ *health, err error) {
	out, now := &health{}, a.Clock()
	b := &out.Body
	b.Version, b.StartedAt, b.Uptime = a.Version, a.started.UTC(), int64(now.Sub(a.started)/time.Second)
	b.Database = a.Store.Dialect()
	if b.DatabaseBytes, err = a.Store.Size(ctx); err != nil {
		return nil, err
	}
	if b.Processes, err = a.Store.Processes(ctx); err != nil {
		return nil, err
	}
	backlog, err := a.Store.Backlog(ctx)
	b.Queued, b.Running, b.Waiting = backlog.Queued, backlog.Running, backlog.Waiting
	if !backlog.Oldest.IsZero() {
		waited := max(int64(now.Sub(backlog.Oldest)/time.Second), 0)
		b.OldestQueued = &waited
	}
	return out, err
}
