package app

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/engine"
)

// runner lets the admin API run things.
type runner struct {
	accept *accept.Service
	engine *engine.Engine
}

var _ api.Runner = (*runner)(nil)

func (r *runner) Run(ctx context.Context, q api.RunRequest) (api.RunResult, error) {
	manual := accept.Manual{Workflow: q.WorkflowKey, Draft: q.Draft, Context: q.Context, Wait: q.Wait}
	if q.Trial != nil {
		trial := engine.Trial(*q.Trial)
		manual.Trial = &trial
	}
	result, err := r.accept.Run(ctx, manual)
	return api.RunResult{
		Execution: result.Execution, Status: result.Status, Response: result.Response, Output: result.Output,
		Error: result.Error, Ended: result.Status.Ended(),
	}, err
}

func (r *runner) Cancel(ctx context.Context, id hookflow.ID) error {
	return r.engine.Stop(ctx, id, hookflow.StatusCancelled, "cancelled by a user")
}

func (r *runner) Retry(ctx context.Context, id hookflow.ID, how api.Again) (hookflow.ID, error) {
	return r.accept.Retry(ctx, id, engine.Again(how))
}

func (r *runner) Running(id hookflow.ID) bool { return r.engine.Running(id) }
