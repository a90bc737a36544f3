package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

func (a *api) registerSteps() {
	const tag = "executions"
	one := under("executions", "{id}")
	register(a, operation{
		id: "list-steps", method: http.MethodGet, path: one + "/steps", tag: tag, role: auth.Viewer,
		summary: "List the steps of an execution in the order in which they ended", zh: "执行步骤列表，按结束顺序",
	}, a.listSteps)
	register(a, operation{
		id: "get-execution-context", method: http.MethodGet, path: one + "/context", tag: tag, role: auth.Viewer,
		summary: "Read the $context that an execution was started with; 409 when its request has been deleted", zh: "查看执行启动时的 $context；请求已删除时返回 409",
	}, a.getContext)
	register(a, operation{
		id: "get-execution-workflow", method: http.MethodGet, path: one + "/workflow", tag: tag, role: auth.Viewer,
		summary: "Read the workflow as the execution ran it, also a draft or one that was deleted since", zh: "查看执行时的工作流文档，包括草稿与之后已删除的工作流",
	}, a.getExecuted)
}

func (a *api) listSteps(ctx context.Context, in *struct {
	ByID
	Path   string          `query:"path" doc:"Of the step, such as loop[3].save; several have the same when a node around them was tried again"`
	Node   string          `query:"node" doc:"Key of the node"`
	Status hookflow.Status `query:"status" enum:"running,succeeded,failed,error,aborted,cancelled,rejected,skipped"`
	Data   bool            `query:"data" default:"true" doc:"With input, output, logs and assign; false leaves them out"`
	Limit  int             `query:"limit" minimum:"1" maximum:"5000" default:"1000" doc:"Most items"`
	Cursor string          `query:"cursor" maxLength:"4096" doc:"nextCursor of the page before"`
	Count  bool            `query:"count" doc:"Also count all items"`
},
) (*listOf[hookflow.Step], error) {
	e, err := a.Store.Execution(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	journal, err := a.Store.Journal(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	steps := slices.DeleteFunc(closed(e.Status, hookflow.ShownSteps(journal)), func(s hookflow.Step) bool {
		return in.Path != "" && s.Path != in.Path || in.Node != "" && s.NodeKey != in.Node || in.Status != "" && s.Status != in.Status
	})
	out, err := paged(&Page{Limit: in.Limit, Cursor: in.Cursor, Count: in.Count}, steps, itself)
	if err != nil {
		return nil, err
	}
	if !in.Data {
		withoutData(out.Body.Items)
	}
	out.Body.Items = a.shownSteps(out.Body.Items)
	return out, nil
}

func withoutData(steps []hookflow.Step) {
	for i := range steps {
		steps[i].Input, steps[i].Output, steps[i].Logs, steps[i].Assign = nil, nil, nil, nil
	}
}

func (a *api) getContext(ctx context.Context, in *ByID) (*document, error) {
	started, err := a.Samples.Of(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownContext(ctx, started)
	return &document{a.masked(shown)}, err
}

func (a *api) getExecuted(ctx context.Context, in *ByID) (*document, error) {
	e, err := a.Store.Execution(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	shown, err := a.Workflows.Executed(ctx, e)
	if err != nil {
		return nil, err
	}
	if !auth.From(ctx).Role.Allows(auth.Editor) {
		shown = withoutSecrets(shown)
	}
	return &document{json.RawMessage(shown)}, nil
}
