package accept

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Manual asks for a run by hand.
type Manual struct {
	Workflow string      // key
	Draft    bool        // run the draft, if there is one
	Context  value.Value // $context, any JSON
	Wait     time.Duration
	Trial    *engine.Trial // nil runs it as it is
}

// Run starts a workflow by hand and waits at most m.Wait for its end: the
// result has status running when it goes on past that.
func (s *Service) Run(ctx context.Context, m Manual) (engine.Result, error) {
	if err := s.room(); err != nil {
		return engine.Result{}, err
	}
	e, err := s.manual(ctx, m)
	if err != nil {
		return engine.Result{}, err
	}
	ticket, err := s.start(ctx, e, &engine.Memo{Execution: e, Input: JSONInput{m.Context}, Bytes: len(m.Context)}, true, func(*store.Tx) error { return nil })
	if err != nil {
		return engine.Result{}, err
	}
	waiting, cancel := context.WithTimeout(ctx, m.Wait)
	defer cancel()
	result, err := ticket.Wait(waiting)
	if err != nil {
		return engine.Result{Execution: e.ID, Status: hookflow.StatusRunning}, nil //nolint:nilerr // it goes on, which is an answer
	}
	return result, nil
}

func (s *Service) manual(ctx context.Context, m Manual) (*hookflow.Execution, error) {
	row, err := s.store.Workflow(ctx, m.Workflow)
	if err != nil {
		return nil, err
	}
	revision := row.Published
	if m.Draft && row.Draft != 0 {
		revision = row.Draft
	}
	if revision == 0 {
		return nil, hookflow.Errorf(hookflow.CodeConflict, "workflow %q has no published revision; publish it or run the draft", m.Workflow)
	}
	plan, err := s.engine.Plan(ctx, revision)
	if err != nil {
		return nil, err
	}
	state, err := s.stateOf(ctx, m.Trial, plan)
	if err != nil {
		return nil, err
	}
	return &hookflow.Execution{
		ID: s.store.IDs().Next(), WorkflowID: row.ID, WorkflowKey: row.Key, RevisionID: revision, Revision: row.Number,
		StartedBy: hookflow.StartedByManual, Limit: plan.Options.Concurrency, Input: m.Context,
		State: state,
	}, nil
}

func (s *Service) stateOf(ctx context.Context, trial *engine.Trial, plan *engine.Plan) ([]byte, error) {
	if trial == nil {
		return nil, nil
	}
	if problems := trial.Check(plan); len(problems) > 0 {
		return nil, hookflow.Invalid("the workflow cannot be run so", problems...)
	}
	if len(trial.Pins) > 0 {
		if err := s.mayInvent(ctx, plan); err != nil {
			return nil, err
		}
	}
	return s.engine.State(trial)
}

// Retry runs an ended execution again.
func (s *Service) Retry(ctx context.Context, id hookflow.ID, how engine.Again) (hookflow.ID, error) {
	if len(how.Results) > 0 {
		old, err := s.store.Execution(ctx, id)
		if err != nil {
			return 0, err
		}
		plan, err := s.engine.Plan(ctx, old.RevisionID)
		if err != nil {
			return 0, err
		}
		if err := s.mayInvent(ctx, plan); err != nil {
			return 0, err
		}
	}
	return s.engine.Retry(ctx, id, how)
}

// mayInvent refuses results of nodes that did not come from them: they could send a secret elsewhere.
func (s *Service) mayInvent(ctx context.Context, plan *engine.Plan) error {
	if s.engine.Guards(plan) && !auth.Actor(ctx).Role.Allows(auth.Admin) {
		return hookflow.Errorf(hookflow.CodeForbidden, "only an administrator may pin or change results in a workflow whose nodes read secrets")
	}
	return nil
}

// JSONInput is an engine.Input that is one JSON text.
type JSONInput struct{ Whole value.Value }

// Lookup reads a path of it.
func (j JSONInput) Lookup(segments ...value.Segment) value.Value { return j.Whole.Get(segments...) }

// JSON returns it.
func (j JSONInput) JSON() value.Value { return j.Whole }
