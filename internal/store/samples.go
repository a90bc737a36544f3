package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// Sample is what a workflow is tried with, one for each.
type Sample struct {
	WorkflowID  hookflow.ID
	ID          hookflow.ID
	Source      string // where it was taken from
	TakenAt     time.Time
	TakenBy     string
	ExecutionID hookflow.ID // whose results belong to it; 0 when none do
	// Request is what was sent, nil when there is a context alone. It has no answer and nothing
	// sealed; its ID is 0 when it was never received.
	Request *hookflow.Delivery
	Body    []byte // of Request
	Context []byte // $context as JSON; nil is that of Request
}

// sampleRequest is what the row keeps of a request.
type sampleRequest struct {
	Delivery   hookflow.ID      `json:"delivery"`
	ReceivedAt time.Time        `json:"receivedAt"`
	Method     string           `json:"method"`
	URL        string           `json:"url"`
	Path       string           `json:"path"`
	Pattern    string           `json:"pattern"`
	IP         string           `json:"ip"`
	Headers    []string         `json:"headers"` // names and values by turns
	BodySize   int64            `json:"bodySize"`
	Outcome    hookflow.Outcome `json:"outcome"`
	Reason     hookflow.Reason  `json:"reason"`
	Detail     string           `json:"detail"`
	Status     int              `json:"status"`
	Report     *hookflow.Report `json:"report"`
}

// PackedSample is a sample as its row holds it.
type PackedSample struct{ row []any }

// PackSample does outside of a transaction what takes time. Changes of x are
// not seen after it.
func PackSample(x *Sample) (*PackedSample, error) {
	var request []byte
	if d := x.Request; d != nil {
		var err error
		request, err = encode(sampleRequest{
			d.ID, d.ReceivedAt, d.Method, d.URL, d.Path, d.Pattern, d.IP, flatten(d.Headers), d.BodySize,
			d.Outcome, d.Reason, d.Detail, d.Status, d.Report,
		})
		if err != nil {
			return nil, fmt.Errorf("encode the sample: %w", err)
		}
	}
	return &PackedSample{[]any{
		x.WorkflowID, x.ID, x.Source, micros(x.TakenAt), x.TakenBy, x.ExecutionID, pack(request), pack(x.Body), pack(x.Context),
	}}, nil
}

// PutSample gives a workflow a sample instead of the one it has.
func (tx *Tx) PutSample(p *PackedSample) error {
	return tx.put(`
		INSERT INTO hf_samples (workflow_id, id, source, taken_at, taken_by, execution_id, request, body, context)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workflow_id) DO UPDATE SET
			id = excluded.id, source = excluded.source, taken_at = excluded.taken_at, taken_by = excluded.taken_by,
			execution_id = excluded.execution_id, request = excluded.request, body = excluded.body, context = excluded.context`, p.row...)
}

// DeleteSample removes a workflow's sample; CodeNotFound when it has none.
func (tx *Tx) DeleteSample(workflow hookflow.ID) error {
	return tx.putOne(notFound("sample"), "DELETE FROM hf_samples WHERE workflow_id = ?", workflow)
}

// Sample returns a workflow's sample, or CodeNotFound.
func (s *Store) Sample(ctx context.Context, workflow hookflow.ID) (*Sample, error) {
	return one(s.backend.reader(ctx), scanSample, "sample", `
		SELECT workflow_id, id, source, taken_at, taken_by, execution_id, request, body, context
		FROM hf_samples WHERE workflow_id = ?`, workflow)
}

func scanSample(row Row) (*Sample, error) {
	var x Sample
	var request []byte
	err := row.Scan(&x.WorkflowID, &x.ID, &x.Source, (*stamp)(&x.TakenAt), &x.TakenBy, &x.ExecutionID,
		packed{&request}, packed{&x.Body}, packed{&x.Context})
	if err != nil {
		return nil, err
	}
	if len(request) > 0 {
		x.Request, err = unpackRequest(request)
	}
	return &x, err
}

func unpackRequest(line []byte) (*hookflow.Delivery, error) {
	var r sampleRequest
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, fmt.Errorf("decode the sample: %w", err)
	}
	d := &hookflow.Delivery{
		ID: r.Delivery, ReceivedAt: r.ReceivedAt, Method: r.Method, URL: r.URL, Path: r.Path, Pattern: r.Pattern, IP: r.IP, BodySize: r.BodySize,
		Outcome: r.Outcome, Reason: r.Reason, Detail: r.Detail, Status: r.Status, Report: r.Report,
	}
	for i := 0; i+1 < len(r.Headers); i += 2 {
		d.Headers = append(d.Headers, hookflow.Header{Name: r.Headers[i], Value: r.Headers[i+1]})
	}
	return d, nil
}

// Listener is somebody who waits for the next request to a workflow.
type Listener struct {
	ID         hookflow.ID
	WorkflowID hookflow.ID
	Expires    time.Time // unless it is renewed before
}

// Listeners returns those who have not expired at a time.
func (s *Store) Listeners(ctx context.Context, now time.Time) ([]Listener, error) {
	scan := func(row Row) (l Listener, err error) {
		err = row.Scan(&l.ID, &l.WorkflowID, (*stamp)(&l.Expires))
		return l, err
	}
	return collect(s.backend.reader(ctx), scan, "SELECT id, workflow_id, expires_at FROM hf_listeners WHERE expires_at > ? ORDER BY id", micros(now))
}

// PutListener adds a listener or renews it, and forgets those who have expired
// at a time.
func (tx *Tx) PutListener(l Listener, now time.Time) error {
	return errors.Join(
		tx.put("DELETE FROM hf_listeners WHERE expires_at <= ?", micros(now)),
		tx.put(`
			INSERT INTO hf_listeners (id, workflow_id, expires_at) VALUES (?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at`, l.ID, l.WorkflowID, micros(l.Expires)),
	)
}

// DeleteListener removes a listener, if it is there.
func (tx *Tx) DeleteListener(id hookflow.ID) error {
	return tx.put("DELETE FROM hf_listeners WHERE id = ?", id)
}
