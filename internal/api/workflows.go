package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/workflow"
)

// ByKey names one workflow.
type ByKey struct {
	Key string `path:"key"`
}

// workflowDocument is an answer about a workflow.
type workflowDocument struct {
	ETag string `header:"ETag" doc:"The workflow's version, for If-Match: another one after each change of it, published or not"`
	Body json.RawMessage
}

// saved is an answer about a workflow that may be new.
type saved struct {
	Status int
	ETag   string `header:"ETag" doc:"The workflow's version, for If-Match"`
	Body   json.RawMessage
}

type copyOf struct {
	Key   string `json:"key" required:"true" doc:"Key of the copy" zh:"副本的标识"`
	Title string `json:"title" doc:"Title of the copy; that of the original when left out" zh:"副本的标题；省略则沿用原标题"`
}

func (a *api) registerWorkflows() {
	const tag = "workflows"
	path := under("workflows")
	one := path + "/{key}"
	register(a, operation{
		id: "list-workflows", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the workflows, with their figures when stats is true", zh: "工作流列表；stats=true 时附统计",
	}, a.listWorkflows)
	register(a, operation{
		id: "create-workflow", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, body: hookflow.Workflow{}, yaml: true,
		status: http.StatusCreated, summary: "Create a workflow", zh: "新建工作流",
	}, a.createWorkflow)
	register(a, operation{
		id: "get-workflow", method: http.MethodGet, path: one, tag: tag, role: auth.Viewer,
		summary: "Read a workflow as it is published", zh: "查看已发布的工作流",
	}, a.getWorkflow)
	register(a, operation{
		id: "put-workflow", method: http.MethodPut, path: one, tag: tag, role: auth.Editor, body: hookflow.Workflow{}, yaml: true,
		summary: "Create or replace a workflow: publish it as a new revision, or with draft=true replace its draft", zh: "创建或替换工作流：发布为新版本；draft=true 时仅替换草稿",
	}, a.putWorkflow)
	register(a, operation{
		id: "delete-workflow", method: http.MethodDelete, path: one, tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Delete a workflow; its executions and deliveries stay", zh: "删除工作流；其执行与请求记录保留",
	}, a.deleteWorkflow)
	register(a, operation{
		id: "enable-workflow", method: http.MethodPost, path: one + "/enable", tag: tag, role: auth.Editor,
		summary: "Enable a workflow", zh: "启用工作流",
	}, a.enabler(true))
	register(a, operation{
		id: "disable-workflow", method: http.MethodPost, path: one + "/disable", tag: tag, role: auth.Editor,
		summary: "Disable a workflow", zh: "停用工作流",
	}, a.enabler(false))
	register(a, operation{
		id: "duplicate-workflow", method: http.MethodPost, path: one + "/duplicate", tag: tag, role: auth.Editor, body: copyOf{},
		status: http.StatusCreated, summary: "Make a disabled copy of a workflow", zh: "复制工作流（副本为停用状态）",
	}, a.duplicateWorkflow)
}

func (a *api) createWorkflow(ctx context.Context, in *struct {
	Raw
	Draft bool `query:"draft" doc:"Save a draft only; nothing is published"`
},
) (*saved, error) {
	return a.save(ctx, &in.Raw, "", modeOf(in.Draft)|workflow.Create)
}

func (a *api) putWorkflow(ctx context.Context, in *struct {
	ByKey
	Raw
	Conditions
	Draft bool `query:"draft" doc:"Replace the draft only; nothing is published"`
},
) (*saved, error) {
	return a.save(ctx, &in.Raw, in.Key, modeOf(in.Draft), in.met)
}

func modeOf(draft bool) workflow.Mode {
	if draft {
		return workflow.Draft
	}
	return workflow.Replace
}

func (a *api) save(ctx context.Context, body *Raw, key string, mode workflow.Mode, conditions ...workflow.Condition) (*saved, error) {
	text, err := body.document()
	if err != nil {
		return nil, err
	}
	document, err := workflow.Decode(text, key)
	if err != nil {
		return nil, err
	}
	w, err := a.Workflows.Save(ctx, document, mode, conditions...)
	if err != nil {
		return nil, err
	}
	return &saved{putStatus(w.Created), etagOf(w), a.shownWorkflow(ctx, w)}, nil
}

func etagOf(w *workflow.Saved) string { return `"` + workflow.Version(w.Row) + `"` }

// shownWorkflow is the document as the caller may see it.
func (a *api) shownWorkflow(ctx context.Context, w *workflow.Saved) json.RawMessage {
	shown := a.Workflows.JSON(w)
	if !auth.From(ctx).Role.Allows(auth.Editor) {
		shown = withoutSecrets(shown)
	}
	return json.RawMessage(shown)
}

// answer is what a call about one workflow answers.
func (a *api) answer(ctx context.Context, w *workflow.Saved, err error) (*workflowDocument, error) {
	if err != nil {
		return nil, err
	}
	return &workflowDocument{etagOf(w), a.shownWorkflow(ctx, w)}, nil
}

func (a *api) getWorkflow(ctx context.Context, in *ByKey) (*workflowDocument, error) {
	w, err := a.Workflows.Get(ctx, in.Key)
	return a.answer(ctx, w, err)
}

func (a *api) deleteWorkflow(ctx context.Context, in *ByKey) (*empty, error) {
	return nil, a.Workflows.Delete(ctx, in.Key)
}

func (a *api) enabler(enabled bool) func(context.Context, *ByKey) (*workflowDocument, error) {
	return func(ctx context.Context, in *ByKey) (*workflowDocument, error) {
		w, err := a.Workflows.SetEnabled(ctx, in.Key, enabled)
		return a.answer(ctx, w, err)
	}
}

func (a *api) duplicateWorkflow(ctx context.Context, in *struct {
	ByKey
	Raw
},
) (*workflowDocument, error) {
	body, err := decode[copyOf](&in.Raw)
	if err != nil {
		return nil, err
	}
	w, err := a.Workflows.Duplicate(ctx, in.Key, body.Key, body.Title)
	return a.answer(ctx, w, err)
}
