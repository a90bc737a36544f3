// Package trigger helps to set up the webhook of a workflow: it says which URL answers with what,
// sends a request as the provider would, writes the same request down for a terminal or a program,
// and verifies a stored one again.
package trigger

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Where webhooks are, below a base URL.
const (
	livePath = "/api/webhooks/"
	testPath = "/api/webhooks-test/"
)

// TestOpen is how long a test URL answers after somebody has opened it or saved the draft.
const TestOpen = time.Hour

// OpenUntil is when the test URL of a workflow closes that somebody has opened until a time, the zero
// one for nobody. A draft that has just been saved keeps it open too.
func OpenUntil(w store.WorkflowRow, opened time.Time) time.Time {
	if saved := w.Draft.Time().Add(TestOpen); w.Draft != 0 && saved.After(opened) {
		return saved
	}
	return opened
}

// Deps are what the service works with.
type Deps struct {
	Store     *store.Store
	Workflows *workflow.Service
	Env       *secret.Env
	Door      *webhook.Handler
	Hooks     http.Handler // takes the requests to webhooks, as from outside
	Clock     hookflow.Clock
	Listening func(ctx context.Context, workflow hookflow.ID) bool
}

// Service helps.
type Service struct{ Deps }

// New returns a service.
func New(deps Deps) *Service { return &Service{deps} }

// Open has the test URL of a workflow answer for [TestOpen], and says until when.
func (s *Service) Open(ctx context.Context, key string) (time.Time, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return time.Time{}, err
	}
	now := s.Clock()
	until := now.Add(TestOpen)
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		tx.Notify(workflow.Topic)
		if err := tx.OpenTest(row.ID, until, now); err != nil {
			return err
		}
		return auth.Record(tx, auth.Change{ID: s.Store.IDs().Next(), At: now, Action: "open_test", Kind: "workflow", Object: key})
	})
	return OpenUntil(row, until), err
}

// endpointOf compiles the endpoint of a document, or says why it has none.
func endpointOf(document value.Value, key string) (*webhook.Endpoint, hookflow.Workflow, error) {
	d, err := workflow.Decode(document, key)
	if err != nil {
		return nil, hookflow.Workflow{}, err
	}
	endpoint, problems := webhook.Compile(d.Workflow)
	switch {
	case len(problems) > 0:
		return nil, d.Workflow, hookflow.Invalid("the workflow's trigger is not valid", problems...)
	case endpoint == nil:
		return nil, d.Workflow, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q has no webhook", key)
	default:
		return endpoint, d.Workflow, nil
	}
}

// target is the endpoint that answers at the live URL or at the test URL.
func (s *Service) target(ctx context.Context, key string, live bool) (*webhook.Endpoint, error) {
	get := s.Workflows.Draft
	if live {
		get = s.Workflows.Get
	}
	saved, err := get(ctx, key)
	if err != nil {
		return nil, err
	}
	endpoint, w, err := endpointOf(saved.Revision.Document, key)
	if err != nil {
		return nil, err
	}
	if problems := s.Workflows.TriggerProblems(w); len(problems) > 0 {
		return nil, hookflow.Invalid("the workflow's trigger is not valid", problems...)
	}
	return endpoint, nil
}

// scope answers the variables of a verification.
type scope struct {
	env     *secret.Env
	request *request.Context
}

// Lookup answers one path.
func (s scope) Lookup(p value.Path) value.Value {
	switch {
	case p.Root == "$context":
		return s.request.Lookup(p.Segments...)
	case p.Root == "$env" && len(p.Segments) > 0:
		text, _, ok := s.env.Lookup(string(p.Segments[0]))
		if !ok {
			return nil
		}
		return value.String(text).Get(p.Segments[1:]...)
	default:
		return nil
	}
}

func (s *Service) scope(r *verify.Request) scope {
	return scope{s.Env, request.New(request.Raw{Method: r.Method, URL: r.URL, Headers: r.Headers, Query: r.Query, ReceivedAt: r.Now})}
}

// address is a URL of a webhook below a base.
func address(base, path string, live bool) string {
	if live {
		return strings.TrimSuffix(base, "/") + livePath + path
	}
	return strings.TrimSuffix(base, "/") + testPath + path
}
