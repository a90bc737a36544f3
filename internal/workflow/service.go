// Package workflow saves workflows: it checks a document strictly, keeps every published version of
// it, and never lets two enabled workflows claim the same address.
package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Topic is what the store announces when the set of enabled workflows, or a published document, may
// have changed.
const Topic = "workflows"

// Compiler checks what the document alone cannot tell, such as the configs of its nodes.
type Compiler interface {
	Check(w hookflow.Workflow) []hookflow.Problem
}

// Endpoints tells which addresses an enabled workflow claims.
type Endpoints interface {
	Endpoints(w hookflow.Workflow) []store.Endpoint
}

// Types gives the types of settings, whose tags say what in them is secret; nil for an unknown name.
type Types interface {
	Node(name string) reflect.Type
	Scheme(key string) reflect.Type
}

// Deps are what the service works with.
type Deps struct {
	Store     *store.Store
	Clock     hookflow.Clock
	Compilers []Compiler
	Endpoints Endpoints
	Types     Types
	Vault     Vault
	// Variable tells what a variable of $env is: nodes and triggers may not show secrets.
	Variable func(name string) (isSecret, known bool)
}

// Service saves workflows.
type Service struct {
	Deps
	outlines outlines
}

// New returns the service.
func New(deps Deps) *Service { return &Service{Deps: deps} }

// Row is a workflow without its document.
type Row = store.WorkflowRow

// Saved is a workflow with one revision of its document.
type Saved struct {
	Row
	Revision hookflow.Revision // number 0: the draft
	Created  bool              // by the call that returned this
}

// JSON is the whole document with its read-only members. Secrets that stand in it are masked; Save
// takes the masks for what they hide.
func (s *Service) JSON(w *Saved) value.Value {
	out := whole(s.masked(w.Revision.Document), w.Key, w.Enabled)
	return out.
		Set("id", value.String(w.ID.String())).
		Set("revision", value.Int(int64(w.Row.Number))).
		Set("hasDraft", value.Bool(w.Draft != 0)).
		Set("createdAt", timeOf(w.CreatedAt)).
		Set("updatedAt", timeOf(w.UpdatedAt)).
		Value()
}

func timeOf(t time.Time) value.Value {
	return value.String(t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano))
}

// Get returns a workflow with its published document, or its draft when nothing is published.
func (s *Service) Get(ctx context.Context, key string) (*Saved, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.with(ctx, row, firstOf(row.Published, row.Draft))
}

// Draft returns a workflow with its draft, or its published document when there is none.
func (s *Service) Draft(ctx context.Context, key string) (*Saved, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.with(ctx, row, firstOf(row.Draft, row.Published))
}

func firstOf(a, b hookflow.ID) hookflow.ID {
	if a != 0 {
		return a
	}
	return b
}

func (s *Service) with(ctx context.Context, row Row, revision hookflow.ID) (*Saved, error) {
	r, err := s.opened(s.Store.Revision(ctx, revision))
	return &Saved{Row: row, Revision: r}, err
}

// opened is a revision with the secrets in its document.
func (s *Service) opened(r hookflow.Revision, err error) (hookflow.Revision, error) {
	r.Document = s.Vault.OpenDocument(r.Document)
	return r, err
}

// Save makes the document the workflow's published revision, or with draft its draft. A document
// that says the same as the published one makes no revision. A published document replaces the draft
// too. Mode and the conditions say what there must be before.
func (s *Service) Save(ctx context.Context, d *Document, mode Mode, conditions ...Condition) (*Saved, error) {
	draft := mode&Draft != 0
	d, err := s.restored(ctx, d, draft)
	if err != nil {
		return nil, err
	}
	if !draft {
		if err := s.check(d.Workflow); err != nil {
			return nil, err
		}
	}
	var saved *Saved
	err = s.write(ctx, func(tx *store.Tx) error {
		c, err := s.open(tx, d.Workflow.Key)
		if err == nil {
			err = c.meets(conditions)
		}
		if err != nil {
			return err
		}
		if !c.created && mode&Create != 0 {
			return hookflow.Errorf(hookflow.CodeConflict, "there is already a workflow with the key %q", d.Workflow.Key)
		}
		if d.hasEnabled && !draft || c.created {
			c.row.Enabled = d.Workflow.Enabled
		}
		if draft {
			err = c.setDraft(d)
		} else {
			err = c.publish(d)
		}
		if err != nil {
			return err
		}
		saved, err = c.close(action(c.created, draft))
		return err
	})
	return saved, err
}

// Mode tells kinds of Save.
type Mode int

// The modes, to be combined.
const (
	Replace Mode = 0
	Create  Mode = 1 // the workflow must not exist
	Draft   Mode = 2 // save the draft only
)

// Condition refuses a change, with its error, by the version of what it would change; "" is that
// there is no such workflow yet. It is asked inside of the change, so that nothing comes between.
type Condition func(version string) error

// Version is a name for a workflow as it is: after each change it has another one.
func Version(row Row) string {
	digest := sha256.Sum256(fmt.Appendf(nil, "%d %d %d %t %d", row.ID, row.Published, row.Draft, row.Enabled, row.UpdatedAt.UnixMicro()))
	return hex.EncodeToString(digest[:12])
}

func action(created, draft bool) string {
	switch {
	case created:
		return "create"
	case draft:
		return "draft"
	default:
		return "update"
	}
}

// check asks every compiler, so that all problems are shown at once.
func (s *Service) check(w hookflow.Workflow) error {
	if problems := s.Problems(w); len(problems) > 0 {
		return hookflow.Invalid("the workflow cannot be saved", problems...)
	}
	return nil
}

// Publish makes the draft the published revision, if the conditions are met.
func (s *Service) Publish(ctx context.Context, key string, conditions ...Condition) (*Saved, error) {
	draft, err := s.Draft(ctx, key)
	switch {
	case err != nil:
		return nil, err
	case draft.Draft == 0:
		return nil, hookflow.Errorf(hookflow.CodeConflict, "there is no draft to publish")
	}
	return s.publish(ctx, key, draft.Revision, "publish", conditions...)
}

// Restore publishes an older revision's document again, as a new revision.
func (s *Service) Restore(ctx context.Context, key string, number int) (*Saved, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	old, err := s.opened(s.Store.RevisionByNumber(ctx, row.ID, number))
	if err != nil {
		return nil, err
	}
	return s.publish(ctx, key, old, "restore")
}

func (s *Service) publish(ctx context.Context, key string, origin hookflow.Revision, action string, conditions ...Condition) (*Saved, error) {
	d, err := Decode(origin.Document, key)
	if err != nil {
		return nil, err
	}
	if err := s.check(d.Workflow); err != nil {
		return nil, err
	}
	d.origin = origin.ID
	return s.change(ctx, key, action, func(c *change) error {
		if err := c.meets(conditions); err != nil {
			return err
		}
		return c.publish(d)
	})
}

// SetEnabled turns a workflow on or off. One that was never published cannot be turned on.
func (s *Service) SetEnabled(ctx context.Context, key string, enabled bool) (*Saved, error) {
	action := "disable"
	if enabled {
		action = "enable"
	}
	return s.change(ctx, key, action, func(c *change) error {
		if enabled && c.row.Published == 0 {
			return hookflow.Errorf(hookflow.CodeConflict, "publish the workflow before it is enabled")
		}
		c.row.Enabled = enabled
		return c.load(c.row.Published)
	})
}

// Duplicate makes a disabled copy under a new key, with the given title unless it is "".
func (s *Service) Duplicate(ctx context.Context, key, newKey, title string) (*Saved, error) {
	original, err := s.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	copied := whole(original.Revision.Document, newKey, false)
	if title != "" {
		copied.Set("title", value.String(title))
	}
	d, err := Decode(copied.Value(), "")
	if err != nil {
		return nil, err
	}
	d.origin = original.Revision.ID
	mode := Create
	if original.Published == 0 {
		mode |= Draft
	}
	return s.Save(ctx, d, mode)
}

// Delete removes a workflow; what it did stays to be looked at.
func (s *Service) Delete(ctx context.Context, key string) error {
	return s.write(ctx, func(tx *store.Tx) error {
		row, err := tx.Workflow(key)
		if err != nil {
			return err
		}
		if err := tx.DeleteWorkflow(row.ID, s.Clock()); err != nil {
			return err
		}
		tx.Notify(Topic)
		return s.record(tx, "delete", key, describe(row), nil)
	})
}

func (s *Service) change(ctx context.Context, key, action string, fn func(*change) error) (*Saved, error) {
	var saved *Saved
	err := s.write(ctx, func(tx *store.Tx) error {
		c, err := s.open(tx, key)
		if err == nil && c.created {
			_, err = tx.Workflow(key)
		}
		if err != nil {
			return err
		}
		if err := fn(c); err != nil {
			return err
		}
		saved, err = c.close(action)
		return err
	})
	return saved, err
}

// maxAttempts bounds how often a change meets another one.
const maxAttempts = 5

// write makes a change again on what is there now when another one came first: two can see that
// there is no workflow of a key yet, but only one can create it.
func (s *Service) write(ctx context.Context, fn func(*store.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.Store.Write(ctx, fn)
		_, raced := store.IsUnique(err)
		switch {
		case !raced:
			return err
		case attempt == maxAttempts:
			return &hookflow.Error{
				Code: hookflow.CodeConflict, Message: "the workflow was changed by somebody else at the same moment; look at it and try again",
				Cause: err,
			}
		}
	}
}

func (s *Service) record(tx *store.Tx, action, key string, before, after value.Value) error {
	return auth.Record(tx, auth.Change{
		ID: s.Store.IDs().Next(), At: s.Clock(), Action: action, Kind: "workflow", Object: key,
		Before: before, After: after,
	})
}

// describe says what an audit entry shows of a workflow; the revisions hold the documents.
func describe(row Row) value.Value {
	return (&value.Object{}).
		Set("title", value.String(row.Title)).
		Set("enabled", value.Bool(row.Enabled)).
		Set("revision", value.Int(int64(row.Number))).
		Set("hasDraft", value.Bool(row.Draft != 0)).
		Value()
}

// Revisions lists what was published, newest first.
func (s *Service) Revisions(ctx context.Context, key string) ([]hookflow.Revision, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	return s.Store.Revisions(ctx, row.ID)
}

// Revision returns the workflow with what was published under a number.
func (s *Service) Revision(ctx context.Context, key string, number int) (*Saved, error) {
	row, err := s.Store.Workflow(ctx, key)
	if err != nil {
		return nil, err
	}
	revision, err := s.opened(s.Store.RevisionByNumber(ctx, row.ID, number))
	return &Saved{Row: row, Revision: revision}, err
}

// Executed is the document of the revision that an execution ran: of a draft too, and of a workflow that
// was deleted since. Secrets that stand in it are masked.
func (s *Service) Executed(ctx context.Context, e *hookflow.Execution) (value.Value, error) {
	r, err := s.opened(s.Store.Revision(ctx, e.RevisionID))
	if err != nil {
		return nil, err
	}
	return whole(s.masked(r.Document), e.WorkflowKey, true).Value(), nil
}
