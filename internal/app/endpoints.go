package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// endpoints keeps the front door's table what the saved workflows say: the
// first request after a change, in this process or another, reads it again.
type endpoints struct {
	store   *store.Store
	env     *secret.Env
	log     *slog.Logger
	door    *webhook.Handler
	changed <-chan struct{}

	tests *tests

	stale    atomic.Bool
	mu       sync.Mutex
	compiled map[hookflow.ID]*webhook.Endpoint // by revision
}

func newEndpoints(s *store.Store, env *secret.Env, log *slog.Logger, door *webhook.Handler, tests *tests) *endpoints {
	e := &endpoints{store: s, env: env, log: log, door: door, tests: tests, changed: s.Watch(context.Background(), workflow.Topic)}
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
	drafts, err := e.store.DraftedWorkflows(ctx)
	if err != nil {
		return fmt.Errorf("read the drafts: %w", err)
	}
	tested, err := e.tests.entries(ctx, rows)
	if err != nil {
		return err
	}
	e.door.SetTable(webhook.NewTable(append(e.entries(rows), e.setUp(drafts)...)))
	e.door.SetTests(webhook.NewTable(tested))
	e.stale.Store(false)
	return nil
}

// setUp are the endpoints of workflows that are not published yet: as disabled
// ones they answer handshakes. Drafts that are not right yet are left out.
func (e *endpoints) setUp(drafts []store.DraftedWorkflow) []webhook.Entry {
	var entries []webhook.Entry
	for _, row := range drafts {
		document, err := workflow.Decode(e.env.OpenDocument(row.Document), row.Key)
		if err != nil {
			continue
		}
		if endpoint, problems := webhook.Compile(document.Workflow); endpoint != nil && len(problems) == 0 {
			entries = append(entries, webhook.Entry{Endpoint: endpoint, Workflow: row.ID, Revision: row.Draft})
		}
	}
	return entries
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
	problems := spec.DecodeJSON(e.env.OpenDocument(row.Document), &w)
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
		Revision: in.Revision, Number: in.Number, Limit: in.Limit, Sync: in.Sync, Key: (*accept.Key)(in.Key),
	})
	switch {
	case errors.Is(err, accept.ErrDuplicate):
		return nil, webhook.ErrDuplicate
	case err != nil:
		return nil, err
	default:
		return ticket{t}, nil
	}
}

func (a acceptor) First(ctx context.Context, workflow hookflow.ID, hash [sha256.Size]byte, now time.Time) (*webhook.First, error) {
	found, err := a.Service.First(ctx, workflow, hash, now)
	if err != nil || found == nil {
		return nil, err
	}
	first := &webhook.First{Delivery: found.ID, Response: found.Response}
	d, e := found.Delivery, found.Execution
	switch {
	case d != nil && d.Status != 0:
		first.Status, first.Answer = d.Status, d.Answer
	case e == nil:
		first.Gone = true
	case e.Status.Ended():
		first.Execution, first.Ended = e.ID, e.Status
	}
	return first, nil
}

type ticket struct{ *accept.Ticket }

func (t ticket) Wait(ctx context.Context) (webhook.Result, error) {
	r, err := t.Ticket.Wait(ctx)
	return webhook.Result{Execution: t.Execution(), Status: r.Status, Error: r.Error, Response: r.Response}, err
}

// admits decides an address by the lists of a workflow, the published ones or else the draft's.
func (a *App) admits(ctx context.Context, key string, ip netip.Addr) (rule string, ok bool, err error) {
	endpoint, err := a.endpointOf(ctx, key)
	if err != nil {
		return "", false, err
	}
	rule, ok = endpoint.Admits(ip, a.sets)
	return ip.String() + " " + rule, ok, nil
}

// reachable says why no request can come to a workflow, neither to what is published nor to its
// draft.
func (a *App) reachable(ctx context.Context, key string) error {
	_, err := a.endpointOf(ctx, key)
	if err == nil || hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return err
	}
	if draft, failed := a.Workflows.Draft(ctx, key); failed == nil {
		if _, failed = endpointIn(draft, key); failed == nil {
			return nil
		}
	}
	return err
}

// endpointOf is the endpoint of a workflow, the published one or else the draft's.
func (a *App) endpointOf(ctx context.Context, key string) (*webhook.Endpoint, error) {
	saved, err := a.Workflows.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	return endpointIn(saved, key)
}

func endpointIn(saved *workflow.Saved, key string) (*webhook.Endpoint, error) {
	document, err := workflow.Decode(saved.Revision.Document, key)
	if err != nil {
		return nil, err
	}
	endpoint, found := webhook.Compile(document.Workflow)
	switch {
	case len(found) > 0:
		return nil, hookflow.Invalid("the workflow's trigger is not valid", found...)
	case endpoint == nil:
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q has no webhook", key)
	}
	return endpoint, nil
}

// capture keeps the secret that a provider chose in its handshake.
func (a *App) capture(ctx context.Context, variable, chosen string) error {
	_, secret, known := a.env.Lookup(variable)
	_, err := a.env.Put(ctx, variable, chosen, secret || !known)
	return err
}

// checker lets the service that saves workflows check nodes and endpoint.
type checker struct{ sets *ipset.Service }

var (
	_ workflow.Compiler  = checker{}
	_ workflow.Endpoints = checker{}
)

func (c checker) Check(w hookflow.Workflow) []hookflow.Problem {
	endpoint, problems := webhook.Compile(w)
	if endpoint != nil {
		problems = c.unknownSets(endpoint)
	}
	_, found := compileNodes(w)
	return append(problems, found...)
}

func (c checker) unknownSets(endpoint *webhook.Endpoint) []hookflow.Problem {
	var problems []hookflow.Problem
	for _, use := range endpoint.NamedSets() {
		if !c.sets.Known(use.Name) {
			problems = append(problems, hookflow.Problem{Pointer: use.Pointer, Detail: fmt.Sprintf("there is no set of addresses @%.64s", use.Name)})
		}
	}
	return problems
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
