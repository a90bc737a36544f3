// Package replay runs stored deliveries again: one, or all that a filter finds. It enters where
// requests are accepted, never through HTTP.
package replay

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/search"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/webhook"
)

// The revisions that a replay can run with.
const (
	Original = "original" // the one of the first run
	Current  = "current"  // the published one
	Draft    = "draft"    // the draft, when there is one, else the published one
)

// Deps are what the service works with.
type Deps struct {
	Store  *store.Store
	Accept *accept.Service
	Door   *webhook.Handler
	Vault  Vault
	View   search.View // of the filters of many
	Clock  hookflow.Clock
	Logger *slog.Logger
	// Tick returns a channel that gets a value after a time. When nil, that is a timer.
	Tick func(time.Duration) <-chan time.Time
}

// Vault decrypts.
type Vault interface {
	// Open opens hookflow.Delivery.Sealed.
	Open(sealed []byte) ([]byte, error)
	// OpenDocument gives a revision's document the secrets back that it holds sealed.
	OpenDocument(document []byte) []byte
}

// Service replays.
type Service struct{ Deps }

// New returns a service.
func New(deps Deps) *Service {
	if deps.Tick == nil {
		deps.Tick = time.After
	}
	return &Service{deps}
}

// One asks for the replay of one delivery.
type One struct {
	Delivery hookflow.ID
	Revision string // "" is Current
	Force    bool   // let in what was rejected, unverified
}

// Replay runs a delivery again and returns the new one. What was accepted, a duplicate or filtered
// runs as it is stored. What was rejected is verified again, and parsed and filtered; it may be
// rejected again. CodeConflict says why it cannot be replayed.
func (s *Service) Replay(ctx context.Context, one One) (*hookflow.Delivery, error) {
	return s.replay(ctx, one, func(*store.Tx, *hookflow.Delivery) error { return nil })
}

// replay also does something in the transaction that keeps the new delivery.
func (s *Service) replay(ctx context.Context, one One, also func(*store.Tx, *hookflow.Delivery) error) (*hookflow.Delivery, error) {
	old, err := s.Store.Delivery(ctx, one.Delivery)
	if err != nil {
		return nil, err
	}
	body, err := s.Store.DeliveryBody(ctx, one.Delivery)
	if err != nil {
		return nil, err
	}
	if err := replayable(old, body); err != nil {
		return nil, err
	}
	revision, err := s.revision(ctx, old, one.Revision)
	if err != nil {
		return nil, err
	}
	again := s.copyOf(old)
	var input *request.Context
	if old.Outcome == hookflow.OutcomeRejected && !one.Force {
		body, input, err = s.judge(ctx, old, again, body, revision)
	} else {
		input, err = admit(old, again, body)
	}
	if err != nil {
		return nil, err
	}
	again.Detail = strings.TrimSuffix("replay of "+old.ID.String()+"; "+again.Detail, "; ")
	with := func(tx *store.Tx) error { return also(tx, again) }
	if again.Outcome != hookflow.OutcomeAccepted {
		return again, s.record(ctx, again, body, with)
	}
	return again, s.Accept.Replay(ctx, &accept.Replay{
		Delivery: again, Body: body, Input: input, Revision: revision.ID, Number: revision.Number,
	}, with)
}

// replayable refuses what there is nothing to run of.
func replayable(d *hookflow.Delivery, body []byte) error {
	switch {
	case d.WorkflowID == 0:
		return hookflow.Errorf(hookflow.CodeConflict, "no workflow had the path of this request; have it sent again")
	case d.Outcome == hookflow.OutcomeHandshake:
		return hookflow.Errorf(hookflow.CodeConflict, "a handshake starts nothing, so that there is nothing to replay")
	case len(d.Headers) == 0 && d.Outcome == hookflow.OutcomeRejected:
		return hookflow.Errorf(hookflow.CodeConflict, "this request was not kept whole, since too much was rejected when it came; have it sent again")
	case len(body) == 0 && bodyIsMissing(d):
		return hookflow.Errorf(hookflow.CodeConflict, "this request was turned away (%s) before its body was kept; have it sent again", d.Reason)
	default:
		return nil
	}
}

// bodyIsMissing reports whether the request had a body that the log does not hold.
func bodyIsMissing(d *hookflow.Delivery) bool {
	switch d.Reason {
	case hookflow.ReasonTooLarge, hookflow.ReasonTimeout:
		return true
	case hookflow.ReasonDisabled, hookflow.ReasonMethod, hookflow.ReasonIP, hookflow.ReasonRateLimited, hookflow.ReasonOverloaded:
	default:
		return false
	}
	for _, h := range d.Headers {
		if strings.EqualFold(h.Name, "Content-Length") {
			return h.Value != "0"
		}
	}
	return d.Method == http.MethodPost || d.Method == http.MethodPut || d.Method == http.MethodPatch
}

func (s *Service) copyOf(old *hookflow.Delivery) *hookflow.Delivery {
	again := *old
	again.ID, again.ReceivedAt, again.ReplayOf = s.Store.IDs().Next(), s.Clock(), old.ID
	again.Outcome, again.Reason, again.Detail = hookflow.OutcomeAccepted, "", ""
	again.Status, again.ExecutionID, again.Answer = 0, 0, nil // nobody was answered
	return &again
}

// admit lets a request in as it is stored.
func admit(old, again *hookflow.Delivery, body []byte) (*request.Context, error) {
	if old.Outcome == hookflow.OutcomeRejected {
		again.Detail = "was " + string(old.Outcome) + "/" + string(old.Reason) + "; admitted by an administrator"
		again.Report = admitted(old.Report)
	}
	input, err := request.FromDelivery(again, body)
	if err != nil {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "the request cannot be read: %w", err)
	}
	return input, nil
}

// admitted says who vouched for a request instead of its signature.
func admitted(first *hookflow.Report) *hookflow.Report {
	report := hookflow.Report{}
	if first != nil {
		report = *first
	}
	checks := append([]hookflow.Check{}, report.Checks...)
	report.Checks = append(checks, hookflow.Check{Check: "admitted", OK: true, Detail: "an administrator admitted the request as it is"})
	return &report
}

// judge takes a rejected request through the checks of the revision again.
func (s *Service) judge(ctx context.Context, old, again *hookflow.Delivery, body []byte, revision hookflow.Revision) ([]byte, *request.Context, error) {
	endpoint, err := endpointOf(s.Vault.OpenDocument(revision.Document))
	if err != nil {
		return nil, nil, err
	}
	stored := webhook.Stored{Body: body, ReceivedAt: old.ReceivedAt, Verified: old.Report != nil && old.Report.OK}
	if len(old.Sealed) > 0 {
		if stored.Credentials, err = Credentials(s.Vault, old); err != nil {
			return nil, nil, err
		}
	}
	body, input := s.Door.Again(ctx, endpoint, again, stored)
	return body, input, nil
}

// Credentials opens what a delivery shows masked.
func Credentials(vault Vault, d *hookflow.Delivery) (webhook.Credentials, error) {
	plain, err := vault.Open(d.Sealed)
	if err != nil {
		return webhook.Credentials{}, hookflow.Errorf(hookflow.CodeConflict, "the credentials of this request cannot be decrypted with the key of this server: %w", err)
	}
	return webhook.ParseCredentials(plain)
}

func endpointOf(document value.Value) (*webhook.Endpoint, error) {
	var w hookflow.Workflow
	problems := spec.DecodeJSON(document, &w)
	var endpoint *webhook.Endpoint
	if len(problems) == 0 {
		endpoint, problems = webhook.Compile(w)
	}
	switch {
	case len(problems) > 0:
		return nil, hookflow.Invalid("this revision does not run in this version of the program", problems...)
	case endpoint == nil:
		return nil, hookflow.Errorf(hookflow.CodeConflict, "this revision has no webhook by which the request could be judged")
	default:
		return endpoint, nil
	}
}

// revision finds what to run.
func (s *Service) revision(ctx context.Context, d *hookflow.Delivery, which string) (hookflow.Revision, error) {
	row, err := s.Store.Workflow(ctx, d.WorkflowKey)
	if err != nil && hookflow.CodeOf(err) != hookflow.CodeNotFound {
		return hookflow.Revision{}, err
	}
	if err != nil || row.ID != d.WorkflowID {
		return hookflow.Revision{}, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q of this request has been deleted", d.WorkflowKey)
	}
	id := row.Published
	switch {
	case which == Original:
		return s.original(ctx, d)
	case which == Draft && row.Draft != 0:
		id = row.Draft
	}
	if id == 0 {
		return hookflow.Revision{}, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q has no published revision; publish it or replay with its draft", d.WorkflowKey)
	}
	return s.Store.Revision(ctx, id)
}

// original is the revision that ran, or that would have when the request came.
func (s *Service) original(ctx context.Context, d *hookflow.Delivery) (hookflow.Revision, error) {
	if d.ExecutionID != 0 {
		e, err := s.Store.Execution(ctx, d.ExecutionID)
		if err == nil {
			return s.Store.Revision(ctx, e.RevisionID)
		}
		if hookflow.CodeOf(err) != hookflow.CodeNotFound {
			return hookflow.Revision{}, err
		}
	}
	revision, err := s.Store.RevisionAt(ctx, d.WorkflowID, d.ReceivedAt)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return revision, hookflow.Errorf(hookflow.CodeConflict, "the workflow %q had no published revision when this request came", d.WorkflowKey)
	}
	return revision, err
}

// record keeps a delivery that runs nothing.
func (s *Service) record(ctx context.Context, d *hookflow.Delivery, body []byte, also func(*store.Tx) error) error {
	packed, err := store.PackDelivery(d, body)
	if err != nil {
		return err
	}
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		if err := also(tx); err != nil {
			return err
		}
		return tx.InsertDelivery(packed)
	})
	if err != nil {
		return fmt.Errorf("record the replay: %w", err)
	}
	return nil
}
