package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// endpoints keeps the front door's table what the saved workflows say: the
// first request after a change, in this process or another, reads it again.
type endpoints struct {
	store   *store.Store
	log     *slog.Logger
	door    *webhook.Handler
	changed <-chan struct{}

	stale    atomic.Bool
	mu       sync.Mutex
	compiled map[hookflow.ID]*webhook.Endpoint // by revision
}

func newEndpoints(s *store.Store, log *slog.Logger, door *webhook.Handler) *endpoints {
	e := &endpoints{store: s, log: log, door: door, changed: s.Watch(context.Background(), workflow.Topic)}
	e.stale.Store(true)
	return e
}

// ServeHTTP takes a webhook.
func (e *endpoints) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if e.stale.Load() || len(e.changed) > 0 {
		if err := e.refresh(r.Context()); err != nil {
			e.log.Error("endpoints stay as they were", "error", err)
		}
	}
	e.door.ServeHTTP(w, r)
}

func (e *endpoints) refresh(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stale.Store(true) // before the word of the change is taken, so that nobody misses it
	select {
	case <-e.changed:
	default:
	}
	rows, err := e.store.PublishedWorkflows(ctx)
	if err != nil {
		return fmt.Errorf("read the workflows: %w", err)
	}
	e.door.SetTable(webhook.NewTable(e.entries(rows)))
	e.stale.Store(false)
	return nil
}

func (e *endpoints) entries(rows []store.PublishedWorkflow) []webhook.Entry {
	compiled := make(map[hookflow.ID]*webhook.Endpoint, len(rows))
	var entries []webhook.Entry
	for _, row := range rows {
		endpoint := e.endpoint(row)
		if endpoint == nil {
			continue
		}
		compiled[row.Published] = endpoint
		entries = append(entries, webhook.Entry{
			Endpoint: endpoint, Workflow: row.ID, Revision: row.Published, Number: row.Number, Enabled: row.Enabled,
		})
	}
	e.compiled = compiled
	return entries
}

// endpoint compiles a workflow's endpoint once; nil when it has none, or none
// that this version can run.
func (e *endpoints) endpoint(row store.PublishedWorkflow) *webhook.Endpoint {
	if known := e.compiled[row.Published]; known != nil {
		return known
	}
	var w hookflow.Workflow
	problems := spec.DecodeJSON(value.Value(row.Document), &w)
	if len(problems) == 0 {
		endpoint, found := webhook.Compile(w)
		if len(found) == 0 {
			return endpoint
		}
		e.log.Error("a saved endpoint does not work in this version", "workflow", row.Key, "problem", found[0].Pointer+": "+found[0].Detail)
		return nil
	}
	e.log.Error("a saved workflow does not work in this version", "workflow", row.Key, "problem", problems[0].Pointer+": "+problems[0].Detail)
	return nil
}

// acceptor hands what passes the front door to package accept.
type acceptor struct{ *accept.Service }

var _ webhook.Acceptor = acceptor{}

func (a acceptor) Accept(ctx context.Context, in webhook.Accepted) (webhook.Ticket, error) {
	t, err := a.Service.Accept(ctx, &accept.Webhook{
		Delivery: in.Delivery, Body: in.Body, Input: in.Context,
		Revision: in.Revision, Number: in.Number, Limit: in.Limit, Sync: in.Sync,
	})
	if err != nil {
		return nil, err
	}
	return ticket{t}, nil
}

type ticket struct{ *accept.Ticket }

func (t ticket) Wait(ctx context.Context) (webhook.Result, error) {
	r, err := t.Ticket.Wait(ctx)
	return webhook.Result{Execution: t.Execution(), Status: r.Status, Error: r.Error, Response: r.Response}, err
}

// checker lets the service that saves workflows check nodes and endpoint.
type checker struct{}

var (
	_ workflow.Compiler  = checker{}
	_ workflow.Endpoints = checker{}
)

func (checker) Check(w hookflow.Workflow) []hookflow.Problem {
	_, problems := webhook.Compile(w)
	_, found := compileNodes(w)
	return append(problems, found...)
}

func (checker) Endpoints(w hookflow.Workflow) []store.Endpoint {
	endpoint, problems := webhook.Compile(w)
	if endpoint == nil || len(problems) > 0 {
		return nil
	}
	var claims []store.Endpoint
	for _, c := range endpoint.Claims() {
		claims = append(claims, store.Endpoint{Method: c.Method, Pattern: c.Pattern})
	}
	return claims
}
